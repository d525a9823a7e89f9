using Gptx.Projection;

namespace Gptx.Grouping;

/// <summary>
/// How well points lie in their groups (Rousseeuw 1987): the mean of (b - a) / max(a, b), a the mean distance to the others of a point's group, b the smallest mean distance to another
/// group; 0 for a point alone in its group.
/// </summary>
internal static class Silhouette
{
    public static double Mean(MetricPoints points, int[] groups, int count, RowLoop loop)
    {
        var sizes = new int[count];
        foreach (var group in groups)
        {
            sizes[group]++;
        }

        return loop.Sum(points.Count, 32, (first, end) =>
        {
            var distances = new double[PairDistances<Product>.Tile * points.Count];
            var tile = new double[PairDistances<Product>.Tile * points.Points.Stride];
            var sums = new double[count];
            var total = 0.0;
            for (var row = first; row < end; row += PairDistances<Product>.Tile)
            {
                points.Fill(row, points, distances, tile);
                for (var point = row; point < Math.Min(end, row + PairDistances<Product>.Tile); point++)
                {
                    Array.Clear(sums);
                    for (var other = 0; other < points.Count; other++)
                    {
                        sums[groups[other]] += other == point ? 0 : points.Distance(distances[((point - row) * points.Count) + other]);
                    }

                    total += Of(sums, sizes, groups[point]);
                }
            }

            return total;
        }) / points.Count;
    }

    private static double Of(double[] sums, int[] sizes, int own)
    {
        if (sizes[own] <= 1)
        {
            return 0;
        }

        var (inside, outside) = (sums[own] / (sizes[own] - 1), double.PositiveInfinity);
        for (var group = 0; group < sums.Length; group++)
        {
            outside = group == own ? outside : Math.Min(outside, sums[group] / sizes[group]);
        }

        var larger = Math.Max(inside, outside);
        return larger == 0 ? 0 : (outside - inside) / larger;
    }
}
