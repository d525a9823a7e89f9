namespace Gptx.Embeddings;

/// <summary>How well cosines of word pairs go with what people say.</summary>
/// <param name="Pairs">Pairs in the benchmark.</param>
/// <param name="Compared">Pairs that count.</param>
/// <param name="Pearson">Pearson's correlation of cosine and human score; NaN where it is not defined.</param>
/// <param name="PearsonProbability">The two-sided probability of one as large by chance.</param>
/// <param name="Spearman">Spearman's rank correlation, mean ranks for ties.</param>
/// <param name="SpearmanProbability">The two-sided probability of one as large by chance.</param>
/// <param name="UnknownPercent">Pairs with a word that takes no part, in per cent of all.</param>
/// <param name="Model">The name of the model, or of the file of vectors.</param>
public sealed record SimilarityScore(
    int Pairs, int Compared, double Pearson, double PearsonProbability, double Spearman, double SpearmanProbability, double UnknownPercent, string Model)
{
    /// <summary>Compares cosines of a table's words with human scores.</summary>
    public static SimilarityScore Of(IWordTable table, IReadOnlyList<WordPair> pairs, BenchmarkOptions options)
    {
        var words = new BenchmarkWords(table, options);
        return Of(pairs, options, table.Name, pair => words.Find(pair.First) is { } first && words.Find(pair.Second) is { } second
            ? VectorArithmetic.Similarity(table.Vectors.CopyRow(first), table.Vectors.CopyRow(second))
            : null);
    }

    /// <summary>Compares cosines of any vectors with human scores, such as those of an encoder of texts; a word that has none is unknown.</summary>
    public static SimilarityScore Of(IReadOnlyDictionary<string, float[]> vectors, IReadOnlyList<WordPair> pairs, BenchmarkOptions options, string model) =>
        Of(pairs, options, model, pair => vectors.TryGetValue(pair.First, out var first) && vectors.TryGetValue(pair.Second, out var second)
            ? VectorArithmetic.Similarity(first, second)
            : null);

    /// <summary>The rank correlation, and of how many pairs.</summary>
    public override string ToString() => $"Spearman {Spearman:0.0000} of {Compared} pairs";

    private static SimilarityScore Of(IReadOnlyList<WordPair> pairs, BenchmarkOptions options, string model, Func<WordPair, double?> cosine)
    {
        var all = pairs.Select(pair => (Cosine: cosine(pair), pair.Score)).ToList();
        var unknown = all.Count(pair => pair.Cosine is null);
        var counted = all.Where(pair => pair.Cosine is not null || options.CountUnknown).ToList();
        if (counted.Count < 2)
        {
            return new SimilarityScore(pairs.Count, counted.Count, double.NaN, double.NaN, double.NaN, double.NaN, 100.0 * unknown / pairs.Count, model);
        }

        double[] cosines = [.. counted.Select(pair => pair.Cosine ?? 0)];
        double[] scores = [.. counted.Select(pair => pair.Score)];
        var (pearson, spearman) = (Correlation.Pearson(cosines, scores), Correlation.Spearman(cosines, scores));
        return new SimilarityScore(
            pairs.Count,
            counted.Count,
            pearson,
            Correlation.Probability(pearson, counted.Count),
            spearman,
            Correlation.Probability(spearman, counted.Count),
            100.0 * unknown / pairs.Count,
            model);
    }
}
