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

    private static readonly RecordShape<SimilarityScore> ScoreShape = new(
        new("pairs", score => score.Pairs),
        new("compared", score => score.Compared),
        new("pearson", score => score.Pearson),
        new("pearsonProbability", score => score.PearsonProbability),
        new("spearman", score => score.Spearman),
        new("spearmanProbability", score => score.SpearmanProbability),
        new("unknownPercent", score => score.UnknownPercent),
        new("model", score => score.Model));

    private readonly Option<bool> _texts = new("--texts") { Description = "Compare the vectors of texts (as 'gptx embed' makes them), not of words." };
    private readonly Option<VectorMetric?> _metric = Choice.Of<VectorMetric>("--metric", "What alike means (default cosine).");
    private readonly EmbeddingArguments _embedding;
    private readonly VectorArguments _vectors;
    private readonly BenchmarkArguments _benchmark;
    private readonly CommonOptions _options;

    public SimilarityCommand()
        : base("similarity", "Show how alike words are, or with --texts texts: each to each.")
    {
        Options.Add(_texts);
        Options.Add(_metric);
        FigureOption.AddTo(this);
        _embedding = new EmbeddingArguments(this);
        _vectors = new VectorArguments(this);
        _benchmark = new BenchmarkArguments(this, "Compare cosines with what people say: a file with two words and a number a line (WordSim-353, SimLex-999).");
        _options = new CommonOptions(this, "WORD", "Two words or more; without any they come from --input.");
    }

    public override IReadOnlyList<string> Examples =>
    [
        "gptx similarity king queen",
        "gptx similarity king queen castle bread",
        "gptx similarity king queen castle bread --figure alike.svg",
        "gptx similarity --texts \"The king rode out.\" \"The queen stayed.\" --json",
        "gptx similarity --benchmark wordsim353.tsv --vectors vectors.bin",
    ];

    public override int Execute(Invocation run) => _benchmark.File(run) is { } path ? Benchmark(run, path) : Pairs(run);

    private int Pairs(Invocation run)
    {
        var format = _options.Output.Format(run, OutputFormat.JsonLines);
        var rows = _options.Texts.Rows(run).ToList();
        return _options.Output.Write(run, writer =>
        {
            var vectors = _vectors.IsGiven(run) ? FileVectors(run, rows) : ModelVectors(run, rows);
            var results = Report.Open(format, writer, run);
            foreach (var pair in VectorSimilarity.OfPairs(vectors, run.Get(_metric) ?? VectorMetric.Cosine))
            {
                results.Write(pair, rows[pair.Index]);
            }

            results.Finish();
            return ExitCode.Ok;
        });
    }

    private int Benchmark(Invocation run, string path)
    {
        var format = _options.Output.Format(run, OutputFormat.JsonLines);
        var (options, pairs) = (_benchmark.Read(run), WordPair.Read(path));
        return _options.Output.Write(run, writer => Properties.Of(ScoreShape).WriteAll(run, format, writer, [Score(run, pairs, options)]));
    }

    private SimilarityScore Score(Invocation run, IReadOnlyList<WordPair> pairs, BenchmarkOptions options)
    {
        if (!run.Get(_texts) || _vectors.IsGiven(run))
        {
            return _vectors.With(run, _options.Models, table => SimilarityScore.Of(table, pairs, options));
        }

        using var model = _options.Models.Load(run);
        string[] words = [.. pairs.SelectMany(pair => (string[])[pair.First, pair.Second]).Distinct(StringComparer.Ordinal)];
        var vectors = TextVectors(run, model, [.. words.Select(word => new TextRow(null) { Text = word })]);
        return SimilarityScore.Of(words.Zip(vectors).ToDictionary(word => word.First, word => word.Second.Vector, StringComparer.Ordinal), pairs, options, model.Name);
    }

    private List<LabelledVector> FileVectors(Invocation run, IReadOnlyList<TextRow> rows)
    {
        var vectors = _vectors.Read(run, _options.Models);
        return [.. rows.Select(row => vectors.OfWord(WordFilePipeline<VectorSimilarity>.Word(vectors, row))).Select(word => new LabelledVector(word.Text, word.Vector, word.Model))];
    }

    private List<LabelledVector> ModelVectors(Invocation run, IReadOnlyList<TextRow> rows)
    {
        using var model = _options.Models.Load(run);
        return run.Get(_texts) ? TextVectors(run, model, rows) : OfWords(model, rows);
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

    private static List<LabelledVector> OfWords(LanguageModel model, IReadOnlyList<TextRow> rows)
    {
        var table = new EmbeddingTable(model);
        return [.. rows.Select((row, index) => WordVector.Of(table, Tokens(model, row), index)).Select(vector => new LabelledVector(vector.Text, vector.Vector, vector.Model))];
    }

    private static TokenSequence Tokens(LanguageModel model, TextRow row) => row.Error is { } error ? throw error
        : row.Ids is { } ids ? TokenSequence.FromIds(model, ids)
        : TokenSequence.FromText(model, row.Text!);
}
