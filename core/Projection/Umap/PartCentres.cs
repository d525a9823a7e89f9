namespace Gptx.Projection;

/// <summary>Where a part of the graph begins.</summary>
/// <param name="Place">Its middle.</param>
/// <param name="Radius">How far its points may lie from it.</param>
internal sealed record PartCentre(double[] Place, double Radius);

/// <summary>
/// Places for the parts of a graph: the first principal components of their means, spread to about 10; each part reaches half way to the next.
/// </summary>
internal static class PartCentres
{
    private const double Extent = 10;

    public static List<PartCentre> Of(List<int[]> parts, PointMatrix points, int dimensions, CountedRandom random, RowLoop loop)
    {
        if (parts.Count == 1)
        {
            return [new PartCentre(new double[dimensions], Extent)];
        }

        var means = PointMatrix.FromRows([.. parts.Select(part => Mean(points, part))]);
        var places = PrincipalStart.Of(means, dimensions, 1, loop.Cancellation);
        // Parts whose means are equal, or on a line, are parted by a little noise.
        for (var place = 0; place < places.Length; place++)
        {
            places[place] = Extent / 2 * (places[place] + (0.05 * random.Normal((ulong)place)));
        }

        var middles = PointMatrix.FromRows([.. places.Chunk(dimensions)]);
        var ready = MetricPoints.Of(middles, ProjectionMetric.Euclidean);
        var nearest = NearestPoints.Among(ready, 1, loop);
        return [.. Enumerable.Range(0, parts.Count).Select(part => new PartCentre(
            middles.Row(part).ToArray(), ready.Distance(nearest.Distances(part)[0]) / 2))];
    }

    private static double[] Mean(PointMatrix points, int[] part)
    {
        var mean = new double[points.Width];
        foreach (var point in part)
        {
            var row = points.Row(point);
            for (var column = 0; column < mean.Length; column++)
            {
                mean[column] += row[column] / part.Length;
            }
        }

        return mean;
    }
}
