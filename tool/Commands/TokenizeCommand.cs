using Gptx.Illustrations;
using Gptx.Inference;
using Gptx.Jobs.Tasks;
using Gptx.Tool.Options;
using Gptx.Tool.Output;
using Gptx.Tool.Terminal;

namespace Gptx.Tool.Commands;

/// <summary>gptx tokenize: the tokens of texts, with their ids and places.</summary>
internal sealed class TokenizeCommand : GptxCommand
{
    private static readonly RecordShape<TextToken> Shape = new(
        new("text", token => token.Text),
        new("index", token => token.Index),
        new("position", token => token.Position),
        new("token", token => token.Token),
        new("id", token => token.Id),
        new("start", token => token.Start),
        new("length", token => token.Length),
        new("value", token => token.Value),
        new("isSpecial", token => token.IsSpecial),
        new("model", token => token.Model));

    private readonly CommonOptions _options;
    private readonly JobArguments _job;

    public TokenizeCommand()
        : base("tokenize", "Show the tokens of texts: their ids, and where they stand in the text.")
    {
        FigureOption.AddTo(this);
        _options = new CommonOptions(this);
        _job = new JobArguments(this);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "gptx tokenize \"The king rode out.\"",
        "gptx tokenize --model ./tokenizer.json \"The king rode out.\"",
        "gptx tokenize --input notes.txt --csv --out tokens.csv",
        "gptx tokenize \"The king rode out.\" --figure tokens.svg",
    ];

    public override int Execute(Invocation run) => _job.IsJob(run, _options.Texts, _options.Output)
        ? JobRun.Do(run, _job, new TokenizeTask(_options.Models.LoadTokenizer(run)), _job.Read(run, _options.Texts, _options.Output))
        : Print(run);

    private int Print(Invocation run) => new TokenizerPipeline<TextToken>
    {
        Report = new Report<TextToken> { Shape = Shape, Show = TokenPicture.Show, Draw = TokenFigure.Of },
        Compute = (tokenizer, text, index) => TextToken.Of(text, index, tokenizer.Name),
    }.Run(run, _options);
}
