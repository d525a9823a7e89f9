namespace Gptx.Projection;

/// <summary>
/// How well neighbours are kept. Trustworthiness and continuity (Venna and Kaski 2001): T(k) = 1 - 2 / (n k (2n - 3k - 1)) times the sum, over points i and those among
/// the k nearest of i in the layout, of by how much their rank in the input exceeds k; continuity is the same with input and layout exchanged. Equal distances
/// rank by index.
/// </summary>
public static class RankQuality
{
    /// <summary>Whether points near in the layout are near in the input: 1 if all are.</summary>
    /// <param name="points">The input.</param>
    /// <param name="layout">Its layout, a row a point.</param>
    /// <param name="neighbours">k, below half the number of points.</param>
    /// <param name="metric">What near means in the input.</param>
    /// <param name="threads">Threads; 0 is one a processor.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="GptxException">InvalidArgument, <c>OptionOutOfRange</c>.</exception>
    public static double Trustworthiness(
        PointMatrix points, PointMatrix layout, int neighbours, ProjectionMetric metric = ProjectionMetric.Euclidean, int threads = 0, CancellationToken cancellation = default) =>
        Score(MetricPoints.Of(points, metric), MetricPoints.Of(layout, ProjectionMetric.Euclidean), neighbours, new RowLoop(threads, cancellation));

    /// <summary>Whether points near in the input are near in the layout: 1 if all are.</summary>
    /// <inheritdoc cref="Trustworthiness"/>
    public static double Continuity(
        PointMatrix points, PointMatrix layout, int neighbours, ProjectionMetric metric = ProjectionMetric.Euclidean, int threads = 0, CancellationToken cancellation = default) =>
        Score(MetricPoints.Of(layout, ProjectionMetric.Euclidean), MetricPoints.Of(points, metric), neighbours, new RowLoop(threads, cancellation));

    /// <summary>The score of rows first, first + step, ...: all of them, or an even sample.</summary>
    internal static double Score(MetricPoints ranked, MetricPoints near, int neighbours, RowLoop loop, int step = 1)
    {
        var n = ranked.Count;
        ProjectionError.CheckRange("neighbours", neighbours, neighbours >= 1 && 2 * neighbours < n, $"at least 1 and below half the number of points, {n}");
        if (near.Count != n)
        {
            throw ProjectionError.Refuse("PointWidth", $"the layout has {near.Count} points, the input {n}");
        }

        var rows = step == 1 ? ranked : Sampled(ranked, step);
        var nearRows = step == 1 ? near : Sampled(near, step);
        var found = NearestPoints.Of(nearRows, near, neighbours + 1, loop);
        var excess = loop.Sum(rows.Count, 32, (first, end) => Excess(rows, ranked, found, first, end, step, neighbours));
        return 1 - (2 * excess / ((double)rows.Count * neighbours * ((2.0 * n) - (3.0 * neighbours) - 1)));
    }

    private static MetricPoints Sampled(MetricPoints points, int step) => MetricPoints.Of(
        points.Points.Take([.. Enumerable.Range(0, (points.Count + step - 1) / step).Select(row => row * step)]), points.Metric, 1);

    private static double Excess(MetricPoints rows, MetricPoints all, NearestPoints near, int first, int end, int step, int neighbours)
    {
        var distances = new double[PairDistances<Product>.Tile * all.Count];
        var tile = new double[PairDistances<Product>.Tile * all.Points.Stride];
        var sum = 0.0;
        for (var row = first; row < end; row += PairDistances<Product>.Tile)
        {
            rows.Fill(row, all, distances, tile);
            for (var query = row; query < Math.Min(end, row + PairDistances<Product>.Tile); query++)
            {
                var own = distances.AsSpan((query - row) * all.Count, all.Count);
                var taken = 0;
                foreach (var other in near.Indices(query))
                {
                    if (other != query * step && taken++ < neighbours)
                    {
                        sum += Math.Max(0, Rank(own, other, query * step) - neighbours);
                    }
                }
            }
        }

        return sum;
    }

    // 1 for the nearest.
    private static int Rank(ReadOnlySpan<double> distances, int other, int self)
    {
        var (limit, rank) = (distances[other], 1);
        for (var index = 0; index < distances.Length; index++)
        {
            rank += (distances[index] < limit || (distances[index] == limit && index < other)) && index != self ? 1 : 0;
        }

        return rank;
    }
}
