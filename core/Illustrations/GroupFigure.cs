using Gptx.Figures;
using Gptx.Grouping;
using Gptx.Projection;

namespace Gptx.Illustrations;

/// <summary>Vectors in groups: laid out by their first two principal components, a colour a group.</summary>
public static class GroupFigure
{
    private const int NamedBy = 3;

    /// <summary>The figure of a grouping.</summary>
    /// <param name="grouping">The groups.</param>
    /// <param name="vectors">The vectors that were grouped, in their order.</param>
    public static Figure Of(VectorGrouping grouping, IReadOnlyList<NamedVector> vectors)
    {
        var layout = PlaneOf(vectors.Select(vector => vector.Vector));
        return Figure.Of(
            $"{vectors.Count} vectors in {grouping.Groups.Count} groups",
            new Plot(
                new Axis { HasNoTicks = true },
                new Axis { HasNoTicks = true },
                [new Scatter([.. grouping.Vectors.Select(vector => new PlotPoint(layout[vector.Index][0], layout[vector.Index][1], vector.Text, vector.Group))])])
            {
                Groups = [.. grouping.Groups.Select(group => $"{group.Group}: {string.Join(", ", group.Representatives.Take(NamedBy))}")],
                Width = 900,
                Height = 560,
            },
            $"Laid out by the first two principal components; groups are of the whole vectors (k-means, metric {grouping.Metric.ToString().ToLowerInvariant()}, seed {grouping.Seed}"
            + $"{(grouping.Silhouette is { } silhouette ? $", mean silhouette {silhouette:0.000}" : "")}).");
    }

    /// <summary>The figure of groups alone: how large each is, and what stands for it.</summary>
    public static Figure Of(IReadOnlyList<VectorGroup> groups) => Figure.Of(
        $"{groups.Sum(group => group.Size)} vectors in {groups.Count} groups",
        new BarChart([.. groups.Select(group => new LabelledBar(string.Join(", ", group.Representatives.Take(NamedBy)), group.Size, $"{group.Size}"))]) { ValueTitle = "how many" });

    /// <summary>The first two principal components of vectors; the second is zero where there is none.</summary>
    internal static double[][] PlaneOf(IEnumerable<float[]> vectors)
    {
        var points = PointMatrix.FromRows([.. vectors]);
        var dimensions = Math.Min(2, Math.Min(points.Count, points.Width));
        return [.. PrincipalComponents.Fit(points).Transform(points, dimensions).Select(point => (double[])[point[0], point.Length > 1 ? point[1] : 0])];
    }
}
