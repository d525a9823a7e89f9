using Gptx.Analyses;
using Gptx.Figures;

namespace Gptx.Illustrations;

/// <summary>Drift: which groups of texts grew or shrank, and where the rows of both sides lie.</summary>
public static class DriftFigure
{
    private const int MostLabelled = 200;

    /// <summary>The figure of a measurement.</summary>
    public static Figure Of(TextDrift drift) => new(
        $"From {VisibleText.OneLine(drift.Reference)} to {VisibleText.OneLine(drift.Difference)}: effect {drift.Effect:0.0000}, p = {drift.PValue:0.####}",
        [.. Panels(drift)])
    {
        Caption = $"Energy distance {drift.Energy:0.0000} over {drift.ReferenceSample} and {drift.DifferenceSample} rows; its effect is 0 for one source and at most 1. p is of {drift.Permutations} permutations. "
            + "Groups are of the whole vectors (k-means); the plane is their first two principal components.",
    };

    /// <summary>The figure of measurements, the first one.</summary>
    public static Figure Of(IReadOnlyList<TextDrift> drifts) => Of(drifts[0]);

    private static IEnumerable<Panel> Panels(TextDrift drift)
    {
        if (drift.Groups.Count > 0)
        {
            yield return new BarChart([.. drift.Groups.Select(group => new LabelledBar(
                VisibleText.OneLine(group.ToString()), 100 * group.Change, $"{100 * group.Change:+0.0;-0.0;0.0}  ({100 * group.ReferenceShare:0.0} % to {100 * group.DifferenceShare:0.0} %)", group.Change < 0 ? 0 : 1))])
            {
                Title = "Groups that grew or shrank",
                ValueTitle = "percentage points",
            };
        }

        if (drift.Points.Count > 0)
        {
            yield return new Plot(new Axis { HasNoTicks = true }, new Axis { HasNoTicks = true }, [new Scatter(Mixed(drift.Points))])
            {
                Title = "Rows of both sides",
                Groups = [VisibleText.OneLine(drift.Reference), VisibleText.OneLine(drift.Difference)],
                Width = 860,
                Height = 480,
            };
        }
    }

    // Points that are drawn later hide earlier ones: the sides take turns.
    private static PlotPoint[] Mixed(IReadOnlyList<DriftPoint> points) =>
    [
        .. points.GroupBy(point => point.IsReference).SelectMany(side => side.Select((point, place) => (Point: point, Share: (double)place / side.Count()))).OrderBy(item => item.Share)
            .Select(item => new PlotPoint(item.Point.X, item.Point.Y, points.Count > MostLabelled ? null : VisibleText.Shorten(VisibleText.OneLine(item.Point.Label), 32), item.Point.IsReference ? 0 : 1)),
    ];
}
