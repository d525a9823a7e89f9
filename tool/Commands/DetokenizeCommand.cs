using System.CommandLine;
using Gptx.Inference;
using Gptx.Tool.Input;
using Gptx.Tool.Options;
using Gptx.Tool.Output;

namespace Gptx.Tool.Commands;

/// <summary>gptx detokenize: the text that token ids stand for.</summary>
internal sealed class DetokenizeCommand : GptxCommand
{
    private static readonly RecordShape<DecodedText> Shape = new(
        new("text", decoded => decoded.Text),
        new("index", decoded => decoded.Index),
        new("ids", decoded => decoded.Ids),
        new("tokens", decoded => decoded.Tokens),
        new("model", decoded => decoded.Model));

    private readonly CommonOptions _options;
    private readonly Option<bool> _skipSpecial = new("--skip-special") { Description = "Leave special tokens out." };

    public DetokenizeCommand()
        : base("detokenize", "Show the text that token ids stand for.")
    {
        Options.Add(_skipSpecial);
        _options = new CommonOptions(this, "ID", "Token ids, with commas or spaces between them; without any they come from --input, a list a line.");
    }

    public override IReadOnlyList<string> Examples =>
    [
        "gptx detokenize 464,1820,375",
        "gptx detokenize --input ids.txt --jsonl",
    ];

    public override int Execute(Invocation run) => new TokenizerPipeline<DecodedText>
    {
        Report = new Report<DecodedText>
        {
            Shape = Shape,
            PlainText = (writer, decoded) => writer.Write(JsonValue.WellFormed(decoded.Text) + "\n"),
            Show = (screen, all) => all.ToList().ForEach(decoded => screen.Line(VisibleText.Running(decoded.Text))),
        },
        Compute = (tokenizer, text, index) => [DecodedText.Of(tokenizer, text.Ids, run.Get(_skipSpecial), index)],
        Redirected = OutputFormat.Text,
    }.Run(run, _options, Rows(run));

    private IEnumerable<TextRow> Rows(Invocation run) => _options.Texts.Arguments(run) is { Length: > 0 } words && _options.Texts.Ids(run).Count == 0
        ? [WithIds(new TextRow(null) { Text = string.Join(' ', words) })]
        : _options.Texts.Rows(run).Select(WithIds);

    private static TextRow WithIds(TextRow row) => row.Text is not { } text ? row
        : Numbers.TryReadList(text) is { } ids ? row with { Ids = ids }
        : row with
        {
            Error = new GptxException(GptxErrorKind.InvalidInput, "RowUnreadable", $"'{text}' is no list of token ids: write whole numbers with commas between them, for example 5,7,9"),
        };
}
