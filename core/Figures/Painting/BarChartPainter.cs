using Gptx.Figures.Colours;
using Gptx.Figures.Drawing;

namespace Gptx.Figures.Painting;

/// <summary>Draws labelled bars: label, bar, value.</summary>
internal sealed class BarChartPainter(BarChart chart) : Painter
{
    private const double RowHeight = 20;
    private const double BarHeight = 13;
    private const double LongestLabel = 170;
    private const double TitleRoom = 16;

    private double LabelWidth => Math.Min(LongestLabel, Widest(chart.Bars.Select(bar => VisibleText.OneLine(bar.Label)), TextSize)) + 8;

    private double ValueWidth => Widest(chart.Bars.Select(bar => bar.Shown), SmallSize) + 8;

    private double Top => chart.ValueTitle is null ? 0 : TitleRoom;

    public override Extent Measure(double room) => new(LabelWidth + BarRoom(room) + ValueWidth, Top + (RowHeight * chart.Bars.Count));

    public override void Draw(Canvas canvas, double x, double y, double room)
    {
        // Zero lies where the bars to the left need it.
        var (least, most) = (Math.Min(0, Values.DefaultIfEmpty(0).Min()), chart.Full ?? Math.Max(0, Values.DefaultIfEmpty(0).Max()));
        var range = most > least ? most - least : 1;
        var scale = BarRoom(room) / range;
        var zero = x + LabelWidth - (least * scale);
        if (chart.ValueTitle is { } title)
        {
            canvas.Text(x + LabelWidth, y + 9, title, "small muted");
        }

        foreach (var (index, bar) in chart.Bars.Index())
        {
            var top = y + Top + (index * RowHeight);
            var value = double.IsFinite(bar.Value) ? bar.Value : 0;
            var length = Math.Abs(value) * scale;
            var left = value < 0 ? zero - length : zero;
            canvas.Text(x + LabelWidth - 6, top + 14, TextWidth.Fit(VisibleText.OneLine(bar.Label), TextSize, LongestLabel), anchor: Anchor.End);
            canvas.Rectangle(new Box(left, top + ((RowHeight - BarHeight) / 2), Math.Max(length, 0.5), BarHeight), Theme.Group(bar.Group));
            canvas.Text(Math.Max(zero, left + length) + 5, top + 13.5, bar.Shown, "small muted");
            canvas.Hover.Marks.Add(new HoverMark(new Box(x, top, Measure(room).Width, RowHeight), $"{VisibleText.OneLine(bar.Label)}\n{bar.Shown}"));
        }

        canvas.Segment(zero, y + Top, zero, y + Top + (RowHeight * chart.Bars.Count), "axis");
    }

    private IEnumerable<double> Values => chart.Bars.Select(bar => bar.Value).Where(double.IsFinite);

    private double BarRoom(double room) => Math.Max(40, Math.Min(chart.Width, room - LabelWidth - ValueWidth));

    private static double Widest(IEnumerable<string> texts, double size) => texts.Select(text => TextWidth.Of(text, size)).DefaultIfEmpty(0).Max();
}
