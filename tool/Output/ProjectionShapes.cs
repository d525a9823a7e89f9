using System.Globalization;
using Gptx.Illustrations;
using Gptx.Projection;
using Gptx.Tool.Terminal;

namespace Gptx.Tool.Output;

/// <summary>How projections are written and shown: as one document with its quality, or as points.</summary>
internal static class ProjectionShapes
{
    private static readonly RecordShape<ProjectedPoint> Point = new(
        new("text", point => point.Text),
        new("index", point => point.Index),
        new("label", point => point.Label),
        new("x", point => point.X),
        new("y", point => point.Y),
        new("z", point => point.Z),
        new("isNew", point => point.IsNew));

    private static readonly RecordShape<ProjectionQuality> Quality = new(
        new("trustworthiness", quality => quality.Trustworthiness),
        new("continuity", quality => quality.Continuity),
        new("neighbors", quality => quality.Neighbors),
        new("measuredPoints", quality => quality.MeasuredPoints),
        new("klDivergence", quality => quality.KlDivergence),
        new("explainedVarianceRatio", quality => quality.ExplainedVarianceRatio));

    /// <summary>The points of a layout, a line each; their figure says what the layout is worth.</summary>
    public static Report<ProjectedPoint> PointsOf(ProjectionResult result) => new()
    {
        Shape = Point,
        Show = (_, _) => { },
        Draw = _ => ProjectionFigure.Of(result),
    };

    public static Report<ProjectionResult> Whole { get; } = new()
    {
        Shape = new(
            new("method", result => result.Method),
            new("metric", result => result.Metric),
            new("seed", result => result.Seed),
            new("quality", result => Quality.One(result.Quality)),
            new("points", result => Point.List(result.Points))),
        IsSingle = true,
        Draw = ProjectionFigure.Of,
        Show = (screen, all) => Show(screen, all[0]),
    };

    /// <summary>What a layout is worth, on one line.</summary>
    public static string Line(ProjectionQuality quality)
    {
        var parts = new List<string>();
        if (quality.ExplainedVarianceRatio is { } ratios)
        {
            parts.Add($"explained variance {string.Join(" + ", ratios.Select(ratio => double.IsNaN(ratio) ? "-" : Readable.Percent(ratio)))}");
        }

        if (quality.KlDivergence is { } kl)
        {
            parts.Add($"KL divergence {Readable.Short(kl)}");
        }

        if (quality.Trustworthiness is not null)
        {
            parts.Add($"trustworthiness {Readable.Short(quality.Trustworthiness)}, continuity {Readable.Short(quality.Continuity)} ({quality.Neighbors} neighbours)");
        }

        return string.Join("; ", parts);
    }

    private static void Show(Screen screen, ProjectionResult result)
    {
        var isSpace = result.Points.Any(point => point.Z is not null);
        screen.Table(
            [">index", "text", ">x", ">y", .. isSpace ? (string[])[">z"] : []],
            result.Points.Select(point => (string[])
            [
                $"{point.Index}",
                VisibleText.Shorten(VisibleText.OneLine(point.Text), 40),
                .. point.Coordinates.Select(value => value.ToString("0.0000", CultureInfo.InvariantCulture)),
            ]));
        screen.Line();
        screen.Line(Line(result.Quality));
    }
}
