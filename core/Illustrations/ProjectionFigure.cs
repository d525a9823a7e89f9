using System.Globalization;
using Gptx.Figures;
using Gptx.Projection;

namespace Gptx.Illustrations;

/// <summary>Vectors laid out in a plane or in space.</summary>
public static class ProjectionFigure
{
    private const string NoLabel = "";

    /// <summary>The figure of a layout with what is known of its quality.</summary>
    public static Figure Of(ProjectionResult result)
    {
        string[] axes = result.Method == ProjectionMethod.Pca ? ["component 1", "component 2", "component 3"] : ["", "", ""];
        return Draw(result.Points, $"{result.Points.Count} vectors, {Name(result.Method)}", axes, Quality(result));
    }

    /// <summary>The figure of points.</summary>
    public static Figure Of(IReadOnlyList<ProjectedPoint> points) => Draw(points, $"{points.Count} vectors", ["", "", ""], null);

    /// <summary>The figure of layouts, the first one.</summary>
    public static Figure Of(IReadOnlyList<ProjectionResult> results) => Of(results[0]);

    private static Figure Draw(IReadOnlyList<ProjectedPoint> points, string title, string[] axes, string? caption)
    {
        string[] groups = [.. points.Select(Kind).Distinct()];
        int? Group(ProjectedPoint point) => groups.Length > 1 ? Array.IndexOf(groups, Kind(point)) : null;
        Panel panel = points.Count > 0 && points[0].Z is not null
            ? new PointCloud([.. points.Select(point => new SpacePoint(point.X, point.Y, point.Z ?? 0, point.Text, Group(point)))])
            {
                Groups = groups,
                AxisNames = axes.All(axis => axis.Length == 0) ? ["x", "y", "z"] : axes,
            }
            : new Plot(
                new Axis(axes[0].Length == 0 ? null : axes[0]) { HasNoTicks = axes[0].Length == 0 },
                new Axis(axes[1].Length == 0 ? null : axes[1]) { HasNoTicks = axes[1].Length == 0 },
                [new Scatter([.. points.Select(point => new PlotPoint(point.X, point.Y, point.Text, Group(point)))])])
            {
                Groups = groups,
                Width = 900,
                Height = 620,
            };
        return Figure.Of(title, panel, caption);
    }

    private static string Kind(ProjectedPoint point) => point.Label ?? (point.IsNew ? "new" : NoLabel);

    private static string Name(ProjectionMethod method) => method switch { ProjectionMethod.Tsne => "t-SNE", ProjectionMethod.Umap => "UMAP", _ => "principal components" };

    private static string Quality(ProjectionResult result)
    {
        var quality = result.Quality;
        List<string> parts = [];
        if (quality.ExplainedVarianceRatio is { } ratios)
        {
            parts.Add($"the components have {string.Join(", ", ratios.Select(ratio => (100 * ratio).ToString("0.0", CultureInfo.InvariantCulture) + " %"))} of the variance");
        }

        if (quality.Trustworthiness is { } trust)
        {
            parts.Add($"trustworthiness {trust:0.000} at {quality.Neighbors} neighbours (1: near here is near there)");
        }

        if (quality.KlDivergence is { } divergence)
        {
            parts.Add($"KL divergence {divergence:0.000} nats");
        }

        parts.Add($"metric {result.Metric.ToString().ToLowerInvariant()}, seed {result.Seed}");
        var told = string.Join("; ", parts);
        return $"{char.ToUpperInvariant(told[0])}{told[1..]}.{(result.Method == ProjectionMethod.Pca ? "" : " Axes have no unit: near points were near, distances between far ones mean little.")}";
    }
}
