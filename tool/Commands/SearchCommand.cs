using System.CommandLine;
using Gptx.Analyses;
using Gptx.Embeddings;
using Gptx.Tool.Input;
using Gptx.Tool.Options;
using Gptx.Tool.Output;
using Gptx.Tool.Terminal;

namespace Gptx.Tool.Commands;

/// <summary>gptx search: the rows of a file or a table whose texts are most like a text.</summary>
internal sealed class SearchCommand : GptxCommand
{
    private readonly Option<int?> _top = Numbers.Whole("--top", "How many rows a query is given (default 10).");
    private readonly Option<VectorMetric?> _metric = Choice.Of<VectorMetric>("--metric", "What like means (default cosine).");
    private readonly AnalysisArguments _analysis;
    private readonly EmbeddingArguments _embedding;
    private readonly TextOptions _texts;
    private readonly ModelOptions _models;
    private readonly OutputOptions _output;

    public SearchCommand()
        : base("search", "Find the rows of a file of vectors whose texts are most like a text.")
    {
        Options.Add(_top);
        Options.Add(_metric);
        _analysis = new AnalysisArguments(this, "What is searched: a file of 'gptx embed' (.jsonl, .csv, .parquet, .npy), a table (FILE.db#TABLE, postgresql://HOST/DATABASE#TABLE), or any file that 'nearest --in' takes. It is read once and never held whole.");
        FigureOption.AddTo(this);
        _embedding = new EmbeddingArguments(this);
        _texts = new TextOptions(this, "QUERY", "What is looked for; without any, queries come from --input, or from standard input.") { KeepsOfInput = false };
        _models = new ModelOptions(this);
        _output = new OutputOptions(this);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "gptx search \"Who rode out?\" --in notes.parquet --top 3",
        "gptx search --input questions.txt --in notes.jsonl --keep url,date --jsonl --out found.jsonl",
        "gptx search \"a king\" \"a storm at sea\" --in notes.db#notes --json",
    ];

    public override int Execute(Invocation run)
    {
        var path = _analysis.In(run) ?? throw new GptxException(GptxErrorKind.InvalidArgument, "UsageInvalid", "search needs what is searched: --in FILE, made by 'gptx embed --input TEXTS --out FILE'");
        var format = _output.Format(run, OutputFormat.JsonLines);
        var options = new SearchOptions { Top = run.Get(_top) ?? 10, Metric = run.Get(_metric) ?? VectorMetric.Cosine, Threads = _models.Threads(run) };
        var texts = _texts.Rows(run);
        return _output.Write(run, writer =>
        {
            var rows = VectorRows.Open(path, _texts.Kept(run), _analysis.MaxMemory(run));
            var (code, queries) = Queries(run, rows, texts);
            var results = Report.Open(format, writer, run);
            using (var bar = WorkBar.Of(run))
            {
                foreach (var found in SimilarTextSearch.Find(rows, [.. queries.Select(query => query.Vector)], options, bar, run.Cancellation))
                {
                    results.Write(found with { Index = queries[found.Index].Index }, new TextRow(null) { Kept = found.Kept });
                }
            }

            results.Finish();
            return code;
        });
    }

    private (int Code, IReadOnlyList<(int Index, LabelledVector Vector)> Queries) Queries(Invocation run, IVectorRows rows, IEnumerable<TextRow> texts)
    {
        using var model = _models.Load(run);
        if (!rows.Origin.RequireModel(rows.Name, model))
        {
            run.Say($"{rows.Name} does not say which model its vectors are of: they are searched with vectors of {model.Name}");
        }

        var (options, queries) = (_embedding.Read(run, rows), new List<(int, LabelledVector)>());
        var code = new RowRun(run, model, _texts).Process(texts, group => queries.AddRange(
            TextEmbedder.Embed(model, [.. group.Select(row => row.Tokens)], options, group[0].Index, run.Cancellation).Select(query => (query.Index, new LabelledVector(query.Text, query.Vector, query.Model)))));
        return (code, queries);
    }

    private static Report<SimilarText> Report { get; } = new()
    {
        Shape = new(
            new("query", found => found.Query),
            new("index", found => found.Index),
            new("rank", found => found.Rank),
            new("rowId", found => found.RowId),
            new("text", found => found.Text),
            new("score", found => found.Score),
            new("metric", found => found.Metric),
            new("source", found => found.Source)),
        Draw = Illustrations.SimilarityFigure.Of,
        Show = (screen, all) =>
        {
            foreach (var query in all.GroupBy(found => found.Index))
            {
                screen.Heading(query.First().Query);
                screen.Table(
                    [">rank", $">{JsonValue.CamelCase(query.First().Metric)}", "rowId", "text"],
                    query.Select(found => (string[])[$"{found.Rank}", Readable.Short(found.Score), RowText.Id(found.RowId), RowText.Of(found.Text, screen.Width - 48)]));
            }
        },
    };
}
