using Gptx.Analyses;
using Gptx.Figures;

namespace Gptx.Illustrations;

/// <summary>Unusual texts among the others.</summary>
public static class UnusualFigure
{
    private const int Bins = 60;

    /// <summary>How the scores of all texts are spread, and where the most unusual are.</summary>
    public static Figure Of(UnusualTexts found)
    {
        var histogram = Histogram.Of(found.Scores.Select(score => (float)score), Bins);
        var highest = histogram.Bins.Select(bin => bin.Height).DefaultIfEmpty(1).Max();
        return Figure.Of(
            $"The {found.Texts.Count} most unusual of {found.Scores.Count} texts",
            new Plot(
                new Axis(Label(found.By)),
                new Axis("texts"),
                [
                    histogram,
                    new Line([new PlotPoint(found.Median, 0), new PlotPoint(found.Median, highest)], "median", 2),
                    new Scatter([.. found.Texts.Select(text => new PlotPoint(text.Score, highest / 40, VisibleText.Shorten(VisibleText.OneLine(text.ToString()), 32), 1))]),
                ])
            {
                Width = 860,
                Height = 360,
            },
            $"Points are the most unusual; the median of all is {found.Median:0.000}.");
    }

    /// <summary>The scores of unusual texts alone.</summary>
    public static Figure Of(IReadOnlyList<UnusualText> texts) => Figure.Of(
        $"{texts.Count} unusual texts",
        new BarChart([.. texts.Select(text => new LabelledBar(VisibleText.OneLine(text.ToString()), text.Score, $"{text.Score:0.000}"))]) { ValueTitle = Label(texts[0].By) });

    private static string Label(UnusualBy by) => by == UnusualBy.Surprisal ? "surprisal (nats a token)" : "mean distance from the nearest others";
}
