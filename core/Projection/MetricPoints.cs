namespace Gptx.Projection;

/// <summary>
/// Points made ready for a metric: as they are, or each scaled to length 1. Lengths are measured after division by the largest number there is, so that
/// squares of numbers of about 1e200 do not overflow; <see cref="Scale"/> is that number, and Euclidean distances are in units of it.
/// </summary>
internal sealed class MetricPoints
{
    private MetricPoints(PointMatrix points, ProjectionMetric metric, double scale) => (Points, Metric, Scale) = (points, metric, scale);

    public PointMatrix Points { get; }

    public ProjectionMetric Metric { get; }

    public double Scale { get; }

    public int Count => Points.Count;

    /// <summary>Makes points ready. New points take the scale of those that they are compared with.</summary>
    public static MetricPoints Of(PointMatrix points, ProjectionMetric metric, double? scale = null)
    {
        var largest = scale ?? Largest(points);
        // Numbers of usual size stay as they are, so that equal distances stay equal.
        var unit = scale ?? (largest is > 1e100 or < 1e-100 && largest > 0 ? largest : 1);
        if (metric == ProjectionMetric.Euclidean && unit == 1)
        {
            return new MetricPoints(points, metric, 1);
        }

        var ready = new PointMatrix(points.Count, points.Width);
        for (var row = 0; row < points.Count; row++)
        {
            var target = ready.MutableRow(row);
            points.Row(row).CopyTo(target);
            Divide(target, unit);
            if (metric == ProjectionMetric.Cosine)
            {
                Divide(target, LargestOf(target));
                Divide(target, Math.Sqrt(PairDistances<Product>.One(Padded(ready, row), Padded(ready, row))));
            }
        }

        return new MetricPoints(ready, metric, unit);
    }

    /// <summary>
    /// Distances from four rows on (fewer at the end) to all of <paramref name="others"/>: squared for Euclidean, 1 - cos for cosine.
    /// Distance of row r to j at [r * others.Count + j].
    /// </summary>
    public void Fill(int first, MetricPoints others, Span<double> distances, Span<double> tile)
    {
        var (from, stride) = (Points, Points.Stride);
        var rows = Math.Min(PairDistances<Product>.Tile, Count - first);
        from.Values.AsSpan(first * stride, rows * stride).CopyTo(tile);
        if (Metric == ProjectionMetric.Euclidean)
        {
            PairDistances<SquaredDifference>.Four(tile, others.Points.Values, stride, others.Count, distances);
            return;
        }

        PairDistances<Product>.Four(tile, others.Points.Values, stride, others.Count, distances);
        for (var place = 0; place < rows * others.Count; place++)
        {
            distances[place] = Math.Max(0, 1 - distances[place]);
        }
    }

    /// <summary>The distance itself, from what <see cref="Fill"/> gives; in the units of the points.</summary>
    public double Distance(double filled) => Metric == ProjectionMetric.Euclidean ? Math.Sqrt(filled) : filled;

    private static ReadOnlySpan<double> Padded(PointMatrix points, int row) => points.Values.AsSpan(row * points.Stride, points.Stride);

    private static double Largest(PointMatrix points)
    {
        var largest = 0.0;
        for (var row = 0; row < points.Count; row++)
        {
            largest = Math.Max(largest, LargestOf(points.Row(row)));
        }

        return largest;
    }

    private static double LargestOf(ReadOnlySpan<double> values)
    {
        var largest = 0.0;
        foreach (var value in values)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        return largest;
    }

    private static void Divide(Span<double> values, double by)
    {
        if (by is not (0 or 1))
        {
            foreach (ref var value in values)
            {
                value /= by;
            }
        }
    }
}
