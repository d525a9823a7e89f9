namespace Gptx.Projection;

/// <summary>Measures a layout as far as its size allows.</summary>
internal static class LayoutQuality
{
    private const int MostPoints = 10_000;
    private const int Neighbors = 12;

    public static ProjectionQuality Of(
        PointMatrix points, double[][] layout, ProjectionOptions options, double? perplexity, IReadOnlyList<double>? ratios, CancellationToken cancellation)
    {
        var laid = PointMatrix.FromRows(layout);
        var kl = perplexity is { } asked && points.Count <= MostPoints
            ? KlDivergence.Exact(points, laid, asked, options.DegreesOfFreedom ?? 1, options.Metric, options.Threads, cancellation)
            : (double?)null;
        var neighbors = Math.Min(Neighbors, (points.Count - 1) / 2);
        if (neighbors < 1)
        {
            return new ProjectionQuality(null, null, 0, 0, kl, ratios);
        }

        var step = (points.Count + MostPoints - 1) / MostPoints;
        var loop = new RowLoop(options.Threads, cancellation);
        var (input, output) = (MetricPoints.Of(points, options.Metric), MetricPoints.Of(laid, ProjectionMetric.Euclidean));
        return new ProjectionQuality(
            RankQuality.Score(input, output, neighbors, loop, step),
            RankQuality.Score(output, input, neighbors, loop, step),
            neighbors,
            (points.Count + step - 1) / step,
            kl,
            ratios);
    }
}
