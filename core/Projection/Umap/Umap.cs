namespace Gptx.Projection;

/// <summary>
/// Uniform manifold approximation and projection (McInnes, Healy and Melville 2018): neighbours make a weighted graph, and points are laid out so that what is tied lies near. The
/// same seed gives the same bits at any number of threads.
/// </summary>
public sealed class Umap
{
    private readonly MetricPoints _points;
    private readonly UmapOptions _options;
    private readonly LayoutPull _pull;
    private readonly float[] _layout;

    private Umap(MetricPoints points, UmapOptions options, LayoutPull pull, float[] layout) =>
        (_points, _options, _pull, _layout) = (points, options, pull, layout);

    /// <summary>The layout, a row of 2 or 3 coordinates a point.</summary>
    public double[][] Layout => [.. _layout.Select(value => (double)value).Chunk(_options.Dimensions)];

    /// <summary>Lays points out.</summary>
    /// <exception cref="GptxException">InvalidArgument, <c>OptionOutOfRange</c>: names the value and its range; <c>PointsTooFew</c>.</exception>
    public static Umap Fit(PointMatrix points, UmapOptions options, IProgress<ProjectionProgress>? progress = null, CancellationToken cancellation = default)
    {
        if (points.Count < 3)
        {
            throw ProjectionError.Refuse("PointsTooFew", $"{points.Count} points cannot be laid out by UMAP: there must be at least 3");
        }

        options.Check(points.Count);
        var loop = new RowLoop(options.Threads, cancellation);
        var ready = MetricPoints.Of(points, options.Metric);
        var count = new RowCount(progress, ProjectionStage.Neighbours, points.Count);
        var nearest = NearestPoints.Among(ready, options.Neighbors - 1, loop, count.Add);
        var epochs = options.EpochsFor(points.Count);
        var graph = FuzzyGraph.Pruned(FuzzyGraph.Of(nearest, ready, options.Neighbors, loop), epochs);
        progress?.Report(new ProjectionProgress(ProjectionStage.Start, 0, 1));
        var start = SpectralStart.Of(graph, ready.Points, options, loop);
        var pull = new LayoutPull(DistanceCurve.Fit(options.Spread, options.MinDistance), options.Dimensions);
        var layout = new UmapDescent(graph, options, pull, loop).Run(
            start, epochs, epoch => progress?.Report(new ProjectionProgress(ProjectionStage.Layout, epoch, epochs)));
        return new Umap(ready, options, pull, layout);
    }

    /// <summary>Places new points among those that were laid out, which stay where they are; each by itself, so that a point alone lands where it lands in a batch.</summary>
    /// <exception cref="GptxException">InvalidArgument, <c>PointWidth</c>.</exception>
    public double[][] Transform(PointMatrix points, CancellationToken cancellation = default)
    {
        ProjectionError.CheckWidth(points, _points.Points.Width);
        var placing = new UmapPlacing(_points, _layout, _options, _pull, new RowLoop(_options.Threads, cancellation));
        return placing.Place(MetricPoints.Of(points, _options.Metric, _points.Scale));
    }
}
