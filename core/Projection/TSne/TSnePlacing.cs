namespace Gptx.Projection;

/// <summary>
/// Places new points in a layout (as openTSNE does, Poličar et al. 2019): each starts at the median of its nearest points and then descends on its own KL divergence
/// with all points of the layout, which stay.
/// </summary>
internal sealed class TSnePlacing(MetricPoints fitted, double[] layout, TSneOptions options, RowLoop loop)
{
    private const int Neighbours = 25;
    private const double Perplexity = 5;
    private const double Exaggeration = 1.5;
    private const int Rounds = 250;
    private const double Rate = 0.1;
    private const double Momentum = 0.8;
    private const double LongestStep = 0.25;

    private readonly int _dimensions = options.Dimensions;
    private readonly StudentKernel<double> _kernel = new(options.DegreesOfFreedom);
    private readonly LayoutAxes<double> _axes = LayoutAxes<double>.Of(layout, options.Dimensions);

    public double[][] Place(MetricPoints points)
    {
        var nearest = NearestPoints.Of(points, fitted, Neighbours, loop);
        var placed = new double[points.Count][];
        loop.Run(points.Count, 4, (first, end) =>
        {
            for (var row = first; row < end; row++)
            {
                placed[row] = Place(nearest.Indices(row), nearest.Distances(row));
            }
        });
        return placed;
    }

    private double[] Place(ReadOnlySpan<int> neighbours, ReadOnlySpan<double> distances)
    {
        var similarities = new double[neighbours.Length];
        PointSimilarities.Conditional(distances, options.Metric, Math.Min(Perplexity, neighbours.Length), similarities);
        var point = Median(neighbours);
        var (step, force) = (new double[_dimensions], new double[_dimensions]);
        for (var round = 0; round < Rounds; round++)
        {
            Array.Clear(force);
            var sum = _kernel.Repel(_axes, point, force);
            var squared = 0.0;
            for (var axis = 0; axis < _dimensions; axis++)
            {
                force[axis] = (Exaggeration * Pull(point, axis, neighbours, similarities)) - (force[axis] / sum);
                step[axis] = (Momentum * step[axis]) - (Rate * 4 * force[axis]);
                squared += step[axis] * step[axis];
            }

            var scale = Math.Min(1, LongestStep / Math.Sqrt(Math.Max(squared, double.Epsilon)));
            for (var axis = 0; axis < _dimensions; axis++)
            {
                point[axis] += step[axis] *= scale;
            }
        }

        return point;
    }

    private double Pull(double[] point, int axis, ReadOnlySpan<int> neighbours, double[] similarities)
    {
        var sum = 0.0;
        for (var place = 0; place < neighbours.Length; place++)
        {
            var squared = 0.0;
            for (var other = 0; other < _dimensions; other++)
            {
                var difference = point[other] - layout[(neighbours[place] * _dimensions) + other];
                squared += difference * difference;
            }

            sum += similarities[place] * (point[axis] - layout[(neighbours[place] * _dimensions) + axis]) / (1 + (squared / options.DegreesOfFreedom));
        }

        return sum;
    }

    private double[] Median(ReadOnlySpan<int> neighbours)
    {
        var median = new double[_dimensions];
        var values = new double[neighbours.Length];
        for (var axis = 0; axis < _dimensions; axis++)
        {
            for (var place = 0; place < values.Length; place++)
            {
                values[place] = layout[(neighbours[place] * _dimensions) + axis];
            }

            Array.Sort(values);
            median[axis] = (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
        }

        return median;
    }
}
