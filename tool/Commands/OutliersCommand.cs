using System.CommandLine;
using Gptx.Analyses;
using Gptx.Embeddings;
using Gptx.Illustrations;
using Gptx.Interpretation;
using Gptx.Tool.Input;
using Gptx.Tool.Options;
using Gptx.Tool.Output;
using Gptx.Tool.Terminal;

namespace Gptx.Tool.Commands;

/// <summary>gptx outliers: texts that are unlike the others, or that surprise a model.</summary>
internal sealed class OutliersCommand : GptxCommand
{
    private readonly Option<UnusualBy?> _by = Choice.Of<UnusualBy>("--by", "What makes a text unusual: its mean surprisal a token under a language model (default of texts), or the distance of its vector from the nearest others (default with --in).");
    private readonly Option<int?> _top = Numbers.Whole("--top", "How many texts (default 10).");
    private readonly Option<int?> _neighbours = Numbers.Whole("--neighbours", "By distance: from how many nearest others (default 10).");
    private readonly Option<VectorMetric?> _metric = Choice.Of<VectorMetric>("--metric", "By distance: cosine (default) or euclidean.");
    private readonly Option<int?> _stride = Numbers.Whole("--stride", "By surprisal: read texts longer than the context in windows that move on by so many tokens.");
    private readonly AnalysisArguments _analysis;
    private readonly EmbeddingArguments _embedding;
    private readonly CommonOptions _options;

    public OutliersCommand()
        : base("outliers", "Find the most unusual texts: those that surprise a model, or are far from all others.")
    {
        Options.Add(_by);
        Options.Add(_top);
        Options.Add(_neighbours);
        Options.Add(_metric);
        Options.Add(_stride);
        _analysis = new AnalysisArguments(this);
        FigureOption.AddTo(this);
        _embedding = new EmbeddingArguments(this);
        _options = new CommonOptions(this);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "gptx outliers --input app.log --top 20",
        "gptx outliers --input tickets.csv --text-field subject --by distance --json",
        "gptx outliers --in notes.parquet --neighbours 5 --figure outliers.svg",
    ];

    public override int Execute(Invocation run)
    {
        var format = _options.Output.Format(run, OutputFormat.JsonLines);
        using var input = new AnalysisInput(run, _options, _analysis, _embedding);
        var by = run.Get(_by) ?? (input.IsStored ? UnusualBy.Distance : UnusualBy.Surprisal);
        if (by == UnusualBy.Surprisal && input.IsStored)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "UsageInvalid", "--by surprisal is of texts, and --in has vectors: give their file with --input");
        }

        var defaults = new UnusualOptions();
        var options = defaults with
        {
            Top = run.Get(_top) ?? defaults.Top,
            Neighbours = run.Get(_neighbours) ?? defaults.Neighbours,
            Metric = run.Get(_metric) ?? defaults.Metric,
            MaxMemory = _analysis.MaxMemory(run),
            Threads = _options.Models.Threads(run),
        };
        options.Validate();
        return _options.Output.Write(run, writer =>
        {
            var found = Find(run, input, by, options);
            var results = Report(found).Open(format, writer, run);
            foreach (var text in found.Texts)
            {
                results.Write(text, new TextRow(null) { Kept = text.Kept });
            }

            results.Finish();
            if (found.Unscored > 0)
            {
                run.Say($"{found.Unscored} texts have a single token, and no surprisal");
            }

            return input.Code(found.Scores.Count + found.Unscored);
        });
    }

    private UnusualTexts Find(Invocation run, AnalysisInput input, UnusualBy by, UnusualOptions options)
    {
        using var bar = WorkBar.Of(run);
        return by == UnusualBy.Distance
            ? FarTexts.Of(input.Rows(), options, bar, run.Cancellation)
            : SurprisingTexts.Of(input.Model, input.Texts(), options, new ScoreOptions { Stride = run.Get(_stride) }, _options.Texts.Truncates(run), input.Fail, bar, run.Cancellation);
    }

    private static Report<UnusualText> Report(UnusualTexts found) => new()
    {
        Shape = new(
            new("rank", text => text.Rank),
            new("rowId", text => text.RowId),
            new("text", text => text.Text),
            new("score", text => text.Score),
            new("deviation", text => text.Deviation),
            new("by", text => text.By)),
        Draw = _ => UnusualFigure.Of(found),
        Show = (screen, all) =>
        {
            screen.Table(
                [">rank", found.By == UnusualBy.Surprisal ? ">nats a token" : ">distance", ">deviation", "rowId", "text"],
                all.Select(text => (string[])[$"{text.Rank}", Readable.Short(text.Score), $"{text.Deviation:0.0}", RowText.Id(text.RowId), RowText.Of(text.Text, screen.Width - 64)]));
            screen.Line();
            screen.Line($"{found.Scores.Count} texts, median {Readable.Short(found.Median)}");
        },
    };
}
