namespace Gptx.Embeddings;

/// <summary>Cosines of words with rows of a table, and 3CosMul's products of them. Cosines of a word are kept for the questions after it.</summary>
internal sealed class MultiplicativeScores(VectorTable table, IReadOnlyList<int> rows)
{
    private const double Smallest = 1e-6;
    private const long KeptNumbers = 32L << 20;
    private const int Chunk = 512;
    private readonly Dictionary<string, double[]> _kept = new(StringComparer.Ordinal);
    private double[]? _norms;

    /// <summary>The score of each row.</summary>
    public double[] Of(IReadOnlyList<TokenVector> plus, IReadOnlyList<TokenVector> minus, CancellationToken cancellation)
    {
        var scores = new double[rows.Count];
        double[][] added = [.. plus.Select(word => Cosines(word, cancellation))];
        double[][] taken = [.. minus.Select(word => Cosines(word, cancellation))];
        for (var place = 0; place < scores.Length; place++)
        {
            var (above, below) = (1.0, 1.0);
            foreach (var cosines in added)
            {
                above *= (1 + cosines[place]) / 2;
            }

            foreach (var cosines in taken)
            {
                below *= (1 + cosines[place]) / 2;
            }

            scores[place] = taken.Length == 0 ? above : above / (below + Smallest);
        }

        return scores;
    }

    private double[] Cosines(TokenVector word, CancellationToken cancellation)
    {
        if (_kept.TryGetValue(word.Text, out var known))
        {
            return known;
        }

        _norms ??= RowNorms.Of(table);
        var query = PaddedVectors.Of(word.Vector);
        var norm = MetricScore.Norm(query.From(0));
        var cosines = new double[rows.Count];
        Parallel.For(0, (rows.Count + Chunk - 1) / Chunk, new ParallelOptions { CancellationToken = cancellation }, chunk =>
        {
            var vector = new PaddedVectors(1, table.Width);
            var scratch = new float[table.Width];
            for (var place = chunk * Chunk; place < Math.Min(rows.Count, (chunk + 1) * Chunk); place++)
            {
                vector.Set(0, table.Row(rows[place], scratch));
                cosines[place] = MetricScore.From(VectorMetric.Cosine, PairSums<ProductTerm>.One(vector.From(0), query.From(0)), _norms[rows[place]], norm);
            }
        });
        if ((_kept.Count + 1L) * rows.Count > KeptNumbers)
        {
            _kept.Clear();
        }

        return _kept[word.Text] = cosines;
    }
}
