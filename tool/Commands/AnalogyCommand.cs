using Gptx.Embeddings;
using Gptx.Tool.Input;
using Gptx.Tool.Options;
using Gptx.Tool.Output;

namespace Gptx.Tool.Commands;

/// <summary>gptx analogy: the words nearest to a sum of words.</summary>
internal sealed class AnalogyCommand : GptxCommand
{
    private readonly SearchArguments _search;
    private readonly CommonOptions _options;

    public AnalogyCommand()
        : base("analogy", "Show the words nearest to a sum of words: king - man + woman.")
    {
        _search = new SearchArguments(this);
        FigureOption.AddTo(this);
        _options = new CommonOptions(this, "EXPRESSION", "Words with + and - between them; without any they come from --input, an expression a line.");
    }

    public override IReadOnlyList<string> Examples =>
    [
        "gptx analogy king - man + woman",
        "gptx analogy \"king - man + woman\" --top 3 --json",
    ];

    public override int Execute(Invocation run) => new TextPipeline<NearWord>
    {
        Report = NearShapes.Words,
        Prepare = opened =>
        {
            var search = _search.Among(run, opened);
            return (_, texts, first) => texts.SelectMany((text, row) => Find(run, search, text.Label).Select(near => near with { Index = first + row }));
        },
        IndexOf = near => near.Index,
    }.Run(run, _options, Rows(run));

    private IReadOnlyList<NearWord> Find(Invocation run, WordSearch search, string expression)
    {
        var (plus, minus) = WordAnalogy.Parse(expression);
        return WordAnalogy.Find(
            search, plus, minus, _search.Top(run), _search.Metric(run), includeSelf: _search.IncludeSelf(run), cancellation: run.Cancellation);
    }

    // king - man + woman is one expression, whether the shell hands it over as one argument or as five.
    private IEnumerable<TextRow>? Rows(Invocation run) => _options.Texts.Arguments(run) is { Length: > 1 } words
        ? [new TextRow(null) { Text = string.Join(' ', words) }]
        : null;
}
