namespace Gptx.Projection;

/// <summary>
/// t-distributed stochastic neighbour embedding (van der Maaten and Hinton 2008; Barnes-Hut: van der Maaten 2014): points laid out in two or three dimensions so
/// that those that are near in all dimensions are near there. The same seed gives the same bits at any number of threads.
/// </summary>
public sealed class TSne
{
    private const double StartDeviation = 1e-4;
    private readonly MetricPoints _points;
    private readonly TSneOptions _options;
    private readonly double[] _layout;

    private TSne(MetricPoints points, TSneOptions options, double[] layout) => (_points, _options, _layout) = (points, options, layout);

    /// <summary>The layout, a row of 2 or 3 coordinates a point.</summary>
    public double[][] Layout => [.. _layout.Chunk(_options.Dimensions)];

    /// <summary>Lays points out.</summary>
    /// <exception cref="GptxException">InvalidArgument, <c>OptionOutOfRange</c>: names the value and its range; <c>PointsTooFew</c>.</exception>
    public static TSne Fit(PointMatrix points, TSneOptions options, IProgress<ProjectionProgress>? progress = null, CancellationToken cancellation = default)
    {
        if (points.Count < 3)
        {
            throw ProjectionError.Refuse("PointsTooFew", $"{points.Count} points cannot be laid out by t-SNE: there must be at least 3");
        }

        options.Check(points.Count);
        var loop = new RowLoop(options.Threads, cancellation);
        var ready = MetricPoints.Of(points, options.Metric);
        var count = new RowCount(progress, ProjectionStage.Neighbours, points.Count);
        var neighbours = NearestPoints.Among(ready, PointSimilarities.Neighbours(options.Perplexity, points.Count - 1), loop, count.Add);
        var similarities = PointSimilarities.Joint(neighbours, ready, options.Perplexity, loop);
        progress?.Report(new ProjectionProgress(ProjectionStage.Start, 0, 1));
        var layout = Start(ready.Points, options, cancellation);
        Descend(layout, similarities, options, loop, progress);
        return new TSne(ready, options, layout);
    }

    /// <summary>Places new points among those that were laid out, which stay where they are; each by itself, so that a point alone lands where it lands in a batch.</summary>
    /// <exception cref="GptxException">InvalidArgument, <c>PointWidth</c>.</exception>
    public double[][] Transform(PointMatrix points, CancellationToken cancellation = default)
    {
        ProjectionError.CheckWidth(points, _points.Points.Width);
        var placing = new TSnePlacing(_points, _layout, _options, new RowLoop(_options.Threads, cancellation));
        return placing.Place(MetricPoints.Of(points, _options.Metric, _points.Scale));
    }

    private static void Descend(double[] layout, SparseRows similarities, TSneOptions options, RowLoop loop, IProgress<ProjectionProgress>? progress)
    {
        double? angle = similarities.Count <= options.ExactForces || options.Angle == 0 ? null : options.Angle;
        var forces = new TSneForces<float>(similarities, options.Dimensions, options.DegreesOfFreedom, angle, loop);
        var descent = new TSneDescent(layout, options.Dimensions);
        var gradient = new double[layout.Length];
        var rounds = options.EarlyIterations + options.Iterations;
        for (var round = 0; round < rounds; round++)
        {
            loop.Cancellation.ThrowIfCancellationRequested();
            var isEarly = round < options.EarlyIterations;
            var exaggeration = isEarly ? options.EarlyExaggeration : 1;
            var rate = options.LearningRate ?? Math.Max(similarities.Count / exaggeration / 4, 50);
            forces.Gradient(layout, exaggeration, gradient);
            descent.Step(gradient, rate, isEarly ? 0.5 : 0.8);
            progress?.Report(new ProjectionProgress(ProjectionStage.Layout, round + 1, rounds));
        }
    }

    // The first components, scaled to a standard deviation of 1e-4, and a hundredth of that in noise, so that points on a line may leave it.
    private static double[] Start(PointMatrix points, TSneOptions options, CancellationToken cancellation)
    {
        var random = new CountedRandom(options.Seed);
        var layout = new double[points.Count * options.Dimensions];
        for (var place = 0; place < layout.Length; place++)
        {
            layout[place] = StartDeviation * (options.RandomStart ? 1 : 0.01) * random.Normal((ulong)place);
        }

        if (!options.RandomStart)
        {
            var start = PrincipalStart.Of(points, options.Dimensions, options.Threads, cancellation);
            for (var place = 0; place < layout.Length; place++)
            {
                layout[place] += StartDeviation * start[place];
            }
        }

        return layout;
    }
}
