using Gptx.Analyses;
using Gptx.Embeddings;
using Gptx.Figures;
using Gptx.Illustrations;
using Gptx.Tests.Analyses;

namespace Gptx.Tests.Illustrations;

/// <summary>Figures of searches, duplicates, outliers and drift: what they show is what the results say.</summary>
public class AnalysisFigureTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Found_rows_are_bars_a_panel_a_query()
    {
        var figure = Illustration.Of(
        [
            new SimilarText("a", 0, 1, "r1", "one", 0.9, VectorMetric.Cosine, "f"), new SimilarText("a", 0, 2, 7L, null, 0.5, VectorMetric.Cosine, "f"), new SimilarText("b", 1, 1, "r1", "one", 0.8, VectorMetric.Cosine, "f"),
        ]);
        Assert.Equal([["one", "7"], ["one"]], figure.Panels.Select(panel => Assert.IsType<BarChart>(panel).Bars.Select(bar => bar.Label)));
        Assert.Equal([0.9, 0.5], ((BarChart)figure.Panels[0]).Bars.Select(bar => bar.Value));
    }

    [Fact]
    public void Groups_of_duplicates_are_bars_the_largest_first()
    {
        var rows = Enumerable.Range(0, 40).SelectMany(group => Enumerable.Range(0, 2 + (group % 7)).Select(row => new DuplicateText(group, (long)row, $"text {group}", 1, true, row == 0))).ToList();
        var bars = Assert.IsType<BarChart>(Assert.Single(Illustration.Of([.. rows]).Panels)).Bars;
        Assert.Equal(25, bars.Count);
        Assert.Equal((8, "text 6"), (bars[0].Value, bars[0].Label));
        Assert.Equal(bars.Select(bar => bar.Value).OrderDescending(), bars.Select(bar => bar.Value));
    }

    [Fact]
    public void Outliers_stand_in_the_histogram_of_all()
    {
        var found = FarTexts.Of(SomeRows.Of([.. SomeRows.Vectors(new Random(2), 200, 8), [99, 0, 0, 0, 0, 0, 0, 0]]), new UnusualOptions { Metric = VectorMetric.Euclidean, Top = 3 }, cancellation: Cancellation);
        var plot = Assert.IsType<Plot>(Assert.Single(UnusualFigure.Of(found).Panels));
        Assert.Equal(201, plot.Marks.OfType<Histogram>().Single().Bins.Sum(bin => bin.Height));
        Assert.Equal(found.Texts.Select(text => (text.Score, text.Text)), plot.Marks.OfType<Scatter>().Single().Points.Select(point => (point.X, point.Label)));
        Assert.All(plot.Marks.OfType<Line>().Single().Points, point => Assert.Equal(found.Median, point.X));
    }

    [Fact]
    public void Drift_has_the_change_of_each_group_and_a_point_for_each_row()
    {
        var random = new Random(3);
        var drift = DriftMeasure.Of(SomeRows.Of(SomeRows.Vectors(random, 60, 6)), SomeRows.Of(SomeRows.Vectors(random, 40, 6, 2)), new DriftOptions { Groups = 3 }, cancellation: Cancellation);
        var figure = Illustration.Of([drift]);
        Assert.Equal(drift.Groups.Select(group => 100 * group.Change), Assert.IsType<BarChart>(figure.Panels[0]).Bars.Select(bar => bar.Value));
        var points = Assert.IsType<Plot>(figure.Panels[1]).Marks.OfType<Scatter>().Single().Points;
        Assert.Equal((60, 40), (points.Count(point => point.Group == 0), points.Count(point => point.Group == 1)));
        Assert.Contains("p = 0.001", figure.Title, StringComparison.Ordinal);
    }
}
