using System.CommandLine;
using Gptx.Tokenization;
using Gptx.Tool.Input;
using Gptx.Tool.Options;
using Gptx.Tool.Output;
using Gptx.Tool.Terminal;

namespace Gptx.Tool.Commands;

/// <summary>gptx tokenizer info: kind, size and parts of a tokenizer, and how much of a text its tokens hold.</summary>
internal sealed class TokenizerInfoCommand : GptxCommand
{
    private static readonly Report<TokenizerSummary> Report = new()
    {
        Shape = TokenizerSummaryShape.Whole,
        IsSingle = true,
        Show = (screen, all) => TokenizerPicture.Show(screen, all[0]),
    };

    private readonly Argument<string[]> _texts = new("TEXT") { Arity = ArgumentArity.ZeroOrMore, Description = "Texts to measure: how many letters a token holds." };

    private readonly Option<string?> _input = new("--input")
    {
        Description = "Measure the text of a file; '-' is standard input.",
        HelpName = "FILE",
    };

    private readonly ModelOptions _models;
    private readonly OutputOptions _output;

    public TokenizerInfoCommand()
        : base("info", "Describe a tokenizer: kind, size, parts, special tokens; with a text how many letters a token holds.")
    {
        Arguments.Add(_texts);
        Options.Add(_input);
        _models = new ModelOptions(this);
        _output = new OutputOptions(this);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "gptx tokenizer info",
        "gptx tokenizer info --model ./tokenizer.json \"The king rode out.\"",
        "gptx tokenizer info --input notes.txt --json",
    ];

    public override int Execute(Invocation run)
    {
        var format = _output.Format(run, OutputFormat.JsonLines);
        var texts = Texts(run);
        return _output.Write(run, writer =>
        {
            var opened = _models.LoadTokenizer(run);
            var results = Report.Open(format, writer, run);
            results.Write(TokenizerSummary.Of(opened.RequireTokenizer(), opened.Name, opened.File, texts));
            results.Finish();
            return ExitCode.Ok;
        });
    }

    private IEnumerable<string>? Texts(Invocation run)
    {
        var texts = run.Get(_texts) ?? [];
        return run.Get(_input) is not { } input ? (texts.Length > 0 ? texts : null)
            : texts.Length > 0 ? throw new GptxException(GptxErrorKind.InvalidArgument, "TextTwice", "texts and --input exclude each other: give one of them")
            : TextFile.Parts(run, input is "-" ? null : input);
    }
}
