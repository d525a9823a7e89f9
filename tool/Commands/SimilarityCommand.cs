using System.CommandLine;
using Gptx.Embeddings;
using Gptx.Illustrations;
using Gptx.Inference;
using Gptx.Tool.Input;
using Gptx.Tool.Options;
using Gptx.Tool.Output;
using Gptx.Tool.Terminal;

namespace Gptx.Tool.Commands;

/// <summary>gptx similarity: how alike words or texts are, each to each.</summary>
internal sealed class SimilarityCommand : GptxCommand
{
    private static readonly Report<VectorSimilarity> Report = new()
    {
        Shape = new(
            new("text", pair => pair.Text),
            new("index", pair => pair.Index),
            new("other", pair => pair.Other),
            new("otherIndex", pair => pair.OtherIndex),
            new("score", pair => pair.Score),
            new("metric", pair => pair.Metric),
            new("model", pair => pair.Model)),
        Show = SimilarityTable.Show,
        Draw = SimilarityFigure.Of,
    };

    private readonly Option<bool> _texts = new("--texts") { Description = "Compare the vectors of texts (as 'gptx embed' makes them), not of words." };
    private readonly Option<VectorMetric?> _metric = Choice.Of<VectorMetric>("--metric", "What alike means (default cosine).");
    private readonly EmbeddingArguments _embedding;
    private readonly CommonOptions _options;

    public SimilarityCommand()
        : base("similarity", "Show how alike words are, or with --texts texts: each to each.")
    {
        Options.Add(_texts);
        Options.Add(_metric);
        FigureOption.AddTo(this);
        _embedding = new EmbeddingArguments(this);
        _options = new CommonOptions(this, "WORD", "Two words or more; without any they come from --input.");
    }

    public override IReadOnlyList<string> Examples =>
    [
        "gptx similarity king queen",
        "gptx similarity king queen castle bread",
        "gptx similarity king queen castle bread --figure alike.svg",
        "gptx similarity --texts \"The king rode out.\" \"The queen stayed.\" --json",
    ];

    public override int Execute(Invocation run)
    {
        var format = _options.Output.Format(run, OutputFormat.JsonLines);
        var rows = _options.Texts.Rows(run).ToList();
        return _options.Output.Write(run, writer =>
        {
            using var model = _options.Models.Load(run);
            var vectors = run.Get(_texts) ? TextVectors(run, model, rows) : WordVectors(model, rows);
            var results = Report.Open(format, writer, run);
            foreach (var pair in VectorSimilarity.OfPairs(vectors, run.Get(_metric) ?? VectorMetric.Cosine))
            {
                results.Write(pair, rows[pair.Index]);
            }

            results.Finish();
            return ExitCode.Ok;
        });
    }

    private List<LabelledVector> TextVectors(Invocation run, LanguageModel model, IReadOnlyList<TextRow> rows)
    {
        var vectors = new List<LabelledVector>();
        foreach (var group in rows.Select(row => Tokens(model, row)).Chunk(_options.Texts.BatchSize(run)))
        {
            TokenSequence[] texts = [.. group.Select(text => _options.Texts.Truncates(run) ? text.Truncate(model.Shape.ContextLength, KeptEnd.Start) : text)];
            vectors.AddRange(TextEmbedder.Embed(model, texts, _embedding.Read(run), cancellation: run.Cancellation)
                .Select(vector => new LabelledVector(vector.Text, vector.Vector, vector.Model)));
        }

        return vectors;
    }

    private static List<LabelledVector> WordVectors(LanguageModel model, IReadOnlyList<TextRow> rows)
    {
        var table = new EmbeddingTable(model);
        return [.. rows.Select((row, index) => WordVector.Of(table, Tokens(model, row), index)).Select(vector => new LabelledVector(vector.Text, vector.Vector, vector.Model))];
    }

    private static TokenSequence Tokens(LanguageModel model, TextRow row) => row.Error is { } error ? throw error
        : row.Ids is { } ids ? TokenSequence.FromIds(model, ids)
        : TokenSequence.FromText(model, row.Text!);
}
