namespace Gptx.Projection;

/// <summary>
/// What t-SNE keeps near: p_ij = (p(j|i) + p(i|j)) / 2n over the nearest 3 x perplexity points of each, which hold all but a
/// little of it; over all points where these are few.
/// </summary>
internal static class PointSimilarities
{
    private const int AllPairs = 512;

    /// <summary>The neighbours that a perplexity looks at.</summary>
    public static int Neighbours(double perplexity, int others) => others < AllPairs ? others : (int)Math.Min(others, (3 * perplexity) + 1);

    /// <summary>p_ij as sparse rows; all entries sum to 1.</summary>
    public static SparseRows Joint(NearestPoints neighbours, MetricPoints points, double perplexity, RowLoop loop)
    {
        var (per, n) = (neighbours.PerPoint, neighbours.Count);
        var conditional = new double[(long)n * per];
        loop.Run(n, 64, (first, end) =>
        {
            for (var row = first; row < end; row++)
            {
                Conditional(neighbours.Distances(row), points.Metric, perplexity, conditional.AsSpan(row * per, per));
            }
        });
        var indices = new int[n][];
        for (var row = 0; row < n; row++)
        {
            indices[row] = neighbours.Indices(row).ToArray();
        }

        return SparseRows.Symmetric(n, row => indices[row], row => conditional.AsMemory(row * per, per), (one, other) => (one + other) / (2 * n));
    }

    /// <summary>p(j|i) from what <see cref="MetricPoints.Fill"/> gives; the cosine distance is a distance, and squared here.</summary>
    public static double Conditional(ReadOnlySpan<double> filled, ProjectionMetric metric, double perplexity, Span<double> similarities)
    {
        if (metric == ProjectionMetric.Euclidean)
        {
            return PerplexitySearch.Solve(filled, perplexity, similarities);
        }

        var squared = new double[filled.Length];
        for (var place = 0; place < squared.Length; place++)
        {
            squared[place] = filled[place] * filled[place];
        }

        return PerplexitySearch.Solve(squared, perplexity, similarities);
    }
}
