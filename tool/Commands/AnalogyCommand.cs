using System.CommandLine;
using Gptx.Embeddings;
using Gptx.Illustrations;
using Gptx.Tool.Input;
using Gptx.Tool.Options;
using Gptx.Tool.Output;
using Gptx.Tool.Terminal;

namespace Gptx.Tool.Commands;

/// <summary>gptx analogy: the words nearest to a sum of words; with --benchmark how many analogies of a file come out right.</summary>
internal sealed class AnalogyCommand : GptxCommand
{
    private static readonly Report<AnalogyScore> Scores = new()
    {
        Shape = new(
            new("section", score => score.Section),
            new("correct", score => score.Correct),
            new("asked", score => score.Asked),
            new("skipped", score => score.Skipped),
            new("accuracy", score => score.Accuracy),
            new("method", score => score.Method),
            new("model", score => score.Model)),
        Show = (screen, all) => screen.Table(
            ["section", ">correct", ">asked", ">skipped", ">accuracy"],
            all.Select(score => (string[])
            [
                VisibleText.OneLine(score.Section), $"{score.Correct}", $"{score.Asked}", $"{score.Skipped}", score.Accuracy is { } part ? Readable.Percent(part) : "-",
            ])),
    };

    private readonly SearchArguments _search;
    private readonly Option<AnalogyMethod?> _method = Choice.Of<AnalogyMethod>("--method", "How words are scored: add is 3CosAdd (default), mul is 3CosMul.");
    private readonly VectorArguments _vectors;
    private readonly BenchmarkArguments _benchmark;
    private readonly CommonOptions _options;

    public AnalogyCommand()
        : base("analogy", "Show the words nearest to a sum of words: king - man + woman; or with --benchmark how many analogies of a file come out right.")
    {
        _search = new SearchArguments(this);
        FigureOption.AddTo(this);
        Options.Add(_method);
        _vectors = new VectorArguments(this);
        _benchmark = new BenchmarkArguments(this, "Ask the analogies of a file in the format of questions-words.txt: lines of four words, sections ': name'.");
        _options = new CommonOptions(this, "EXPRESSION", "Words with + and - between them; without any they come from --input, an expression a line.");
    }

    public override IReadOnlyList<string> Examples =>
    [
        "gptx analogy king - man + woman",
        "gptx analogy \"king - man + woman\" --top 3 --json",
        "gptx analogy \"king - man + woman\" --vectors vectors.bin --method mul",
        "gptx analogy --benchmark questions-words.txt --vectors vectors.bin --restrict-vocab 30000",
        "gptx analogy king - man + woman --figure queen.svg",
    ];

    public override int Execute(Invocation run) => _benchmark.File(run) is { } path ? Benchmark(run, path) : _vectors.IsGiven(run) ? FileWords(run) : Words(run);

    private int Words(Invocation run)
    {
        WordSearch? search = null;
        return new TextPipeline<NearWord>
        {
            Report = NearShapes.OfWords(found => AnalogyFigure.Of(found, search!.Table)),
            Prepare = opened =>
            {
                search = _search.Among(run, opened);
                return (_, texts, first) => texts.SelectMany((text, row) => Find(run, search, text.Label, first + row));
            },
            IndexOf = near => near.Index,
        }.Run(run, _options, Rows(run));
    }

    private int FileWords(Invocation run)
    {
        WordSearch? search = null;
        return new WordFilePipeline<NearWord>
        {
            Report = NearShapes.OfWords(found => AnalogyFigure.Of(found, search!.Table)),
            Prepare = vectors =>
            {
                search = _search.Among(run, vectors);
                return (expression, index) => Find(run, search, expression, index);
            },
        }.Run(run, _options, _vectors, Rows(run));
    }

    private int Benchmark(Invocation run, string path)
    {
        var format = _options.Output.Format(run, OutputFormat.JsonLines);
        var options = _benchmark.Read(run) with { Method = run.Get(_method) ?? AnalogyMethod.Add };
        var questions = AnalogyQuestion.Read(path);
        return _options.Output.Write(run, writer => Scores.WriteAll(run, format, writer, Ask(run, questions, options)));
    }

    private IReadOnlyList<AnalogyScore> Ask(Invocation run, IReadOnlyList<AnalogyQuestion> questions, BenchmarkOptions options)
    {
        using var progress = StageBar.Of(run);
        return _vectors.With(run, _options.Models, table => AnalogyScore.Of(
            table, questions, options, done => progress.Report("questions", done, questions.Count), run.Cancellation));
    }

    private IEnumerable<NearWord> Find(Invocation run, WordSearch search, string expression, int index)
    {
        var (plus, minus) = WordAnalogy.Parse(expression);
        return WordAnalogy.Find(
            search,
            plus,
            minus,
            _search.Top(run),
            _search.Metric(run),
            includeSelf: _search.IncludeSelf(run),
            method: run.Get(_method) ?? AnalogyMethod.Add,
            cancellation: run.Cancellation).Select(near => near with { Index = index });
    }

    // king - man + woman is one expression, whether the shell hands it over as one argument or as five.
    private IEnumerable<TextRow>? Rows(Invocation run) => _options.Texts.Arguments(run) is { Length: > 1 } words
        ? [new TextRow(null) { Text = string.Join(' ', words) }]
        : null;
}
