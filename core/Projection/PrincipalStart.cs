namespace Gptx.Projection;

/// <summary>A start for a layout: the first principal components, scaled so that the first has standard deviation 1; zeros for those that there are not.</summary>
internal static class PrincipalStart
{
    public static double[] Of(PointMatrix points, int dimensions, int threads, CancellationToken cancellation)
    {
        var components = PrincipalComponents.Fit(points, threads, cancellation);
        var there = Math.Min(dimensions, components.Components.Count);
        var rows = components.Transform(points, there);
        var mean = rows.Sum(row => row[0]) / rows.Length;
        var deviation = Math.Sqrt(rows.Sum(row => (row[0] - mean) * (row[0] - mean)) / rows.Length);
        var start = new double[points.Count * dimensions];
        for (var point = 0; point < rows.Length && deviation > 0; point++)
        {
            for (var axis = 0; axis < there; axis++)
            {
                start[(point * dimensions) + axis] = rows[point][axis] / deviation;
            }
        }

        return start;
    }
}
