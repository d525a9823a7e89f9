using FsCheck;
using FsCheck.Fluent;
using Gptx.Figures;
using Gptx.Figures.Drawing;

namespace Gptx.Tests.Figures;

/// <summary>Where things are put: labels that hide nothing, ticks at round numbers, space seen from a side.</summary>
public class LayoutTests
{
    private static readonly Box Plane = new(0, 0, 640, 400);

    [Fact]
    public void Labels_hide_neither_each_other_nor_a_point_and_stay_inside() => Prop.ForAll(
        ArbMap.Default.ArbFor<(ushort X, ushort Y, byte Length)[]>(),
        items =>
        {
            var points = items.Select(item => (X: item.X % 640.0, Y: item.Y % 400.0, Radius: 3.5, Label: (string?)new string('w', item.Length % 14))).ToList();
            var placed = new LabelPlacement(Plane, 11).Place(points);
            Assert.All(placed, label => Assert.True(label.Place.IsInside(Plane)));
            Assert.All(placed.Index(), label => Assert.All(placed.Skip(label.Index + 1), other => Assert.False(label.Item.Place.Overlaps(other.Place))));
            Assert.All(placed, label => Assert.All(points, point => Assert.False(label.Place.Overlaps(new Box(point.X - 3.5, point.Y - 3.5, 7, 7)))));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_label_with_room_stands_beside_its_point_and_one_in_a_crowd_has_a_line()
    {
        var alone = new LabelPlacement(Plane, 11).Place([(100, 100, 3.5, "word")]);
        Assert.False(alone.Single().NeedsLine);
        Assert.InRange(alone.Single().Place.X - 100, 3.5, 8);
        var crowd = new LabelPlacement(Plane, 11).Place([.. Enumerable.Range(0, 30).Select(index => (300 + (index % 6 * 9.0), 200 + (index / 6 * 9.0), 3.5, (string?)"word"))]);
        Assert.Contains(crowd, label => label.NeedsLine);
        Assert.InRange(crowd.Count, 5, 29);
    }

    [Theory]
    [InlineData(0, 1, "0 0.2 0.4 0.6 0.8 1.0")]
    [InlineData(-3, 7, "-2 0 2 4 6")]
    [InlineData(0, 1234, "0 500 1000")]
    [InlineData(0.001, 0.002, "0.0010 0.0012 0.0014 0.0016 0.0018 0.0020")]
    public void Ticks_are_round(double min, double max, string ticks) => Assert.Equal(ticks, string.Join(' ', Ticks.Linear(min, max, 5).Select(tick => tick.Text)));

    [Theory]
    [InlineData(1, 8192, "1 10 10² 10³")]
    [InlineData(1e-9, 0.04, "10⁻⁸ 10⁻⁶ 10⁻⁴ 10⁻²")]
    [InlineData(1, 8, "1 2 5")]
    public void Logarithmic_ticks_are_powers(double min, double max, string ticks) => Assert.Equal(ticks, string.Join(' ', Ticks.Logarithmic(min, max, 5).Select(tick => tick.Text)));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.25, "0.25")]
    [InlineData(-3.14159, "-3.14")]
    [InlineData(1234.5, "1234")]
    [InlineData(0.000012, "1.2e-5")]
    [InlineData(1e7, "1e+7")]
    public void Numbers_are_short(double number, string text) => Assert.Equal(text, Ticks.Short(number));

    [Fact]
    public void Space_is_turned_about_the_upright_axis_and_tilted()
    {
        var front = new SpaceView(new Box(0, 0, 350, 350), 0, 0);
        Assert.Equal(100, front.Scale, 9);
        Near((275, 175), front.Pixel(new SpacePoint(1, 0, 0)));
        Near((175, 75), front.Pixel(new SpacePoint(0, 0, 1)));
        Near((175, 175), front.Pixel(new SpacePoint(0, 1, 0)));
        Assert.True(front.Depth(new SpacePoint(0, -1, 0)) > front.Depth(new SpacePoint(0, 1, 0)));
        var above = new SpaceView(new Box(0, 0, 350, 350), 0, 90);
        Near((175, 75), above.Pixel(new SpacePoint(0, 1, 0)));
        Assert.True(above.Depth(new SpacePoint(0, 0, 1)) > above.Depth(new SpacePoint(0, 0, -1)));
        var side = new SpaceView(new Box(0, 0, 350, 350), 90, 0);
        Near((275, 175), side.Pixel(new SpacePoint(0, 1, 0)));
    }

    [Fact]
    public void A_histogram_counts_every_number_once() => Prop.ForAll(ArbMap.Default.ArbFor<float[]>(), values =>
    {
        var finite = values.Where(float.IsFinite).Select(value => value % 1000).ToList();
        var histogram = Histogram.Of([.. finite, float.NaN, float.PositiveInfinity], 7);
        Assert.Equal(finite.Count, histogram.Bins.Sum(bin => bin.Height));
        Assert.All(histogram.Bins.Zip(histogram.Bins.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From, 3));
    }).QuickCheckThrowOnFailure();

    private static void Near((double X, double Y) expected, (double X, double Y) actual)
    {
        Assert.Equal(expected.X, actual.X, 9);
        Assert.Equal(expected.Y, actual.Y, 9);
    }
}
