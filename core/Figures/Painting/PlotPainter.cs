using System.Text;
using Gptx.Figures.Colours;
using Gptx.Figures.Drawing;

namespace Gptx.Figures.Painting;

/// <summary>Draws a plot: grid, axes, marks, labels and legend.</summary>
internal sealed class PlotPainter(Plot plot) : Painter
{
    private const double TickRoom = 18;
    private const double AxisTitleRoom = 18;
    private const double RightRoom = 12;
    private const double LeastStep = 0.7;

    private IReadOnlyList<(string Name, int Group)> Legend =>
    [
        .. plot.Marks.OfType<Line>().Where(line => line.Name is not null).Select(line => (line.Name!, line.Group)),
        .. plot.Groups.Count > 1 ? plot.Groups.Index().Select(group => (group.Item, group.Index)) : [],
    ];

    public override Extent Measure(double room)
    {
        var width = Math.Min(plot.Width + Left + RightRoom, room);
        return new Extent(width, Painting.Legend.Height(Legend, width) + plot.Height + 6 + (plot.X.HasNoTicks ? 0 : TickRoom) + (plot.X.Label is null ? 0 : AxisTitleRoom));
    }

    public override void Draw(Canvas canvas, double x, double y, double room)
    {
        var width = Measure(room).Width;
        var top = y + Painting.Legend.Height(Legend, width) + 4;
        Painting.Legend.Draw(canvas, x + Left, y, width, Legend);
        var plane = new Box(x + Left, top, width - Left - RightRoom, plot.Height);
        var (across, upward) = Axes(plane);
        DrawAxes(canvas, plane, across, upward);
        foreach (var mark in plot.Marks)
        {
            Draw(canvas, plane, across, upward, mark);
        }

        canvas.Rectangle(plane, "axis");
        DrawLabels(canvas, plane, across, upward);
    }

    private double Left => (plot.Y.HasNoTicks ? 4 : 6 + TickWidth) + (plot.Y.Label is null ? 0 : AxisTitleRoom);

    private double TickWidth => Axes(new Box(0, 0, 100, plot.Height)).Upward.Ticks(6).Select(tick => TextWidth.Of(tick.Text, SmallSize)).DefaultIfEmpty(0).Max();

    private (AxisMap Across, AxisMap Upward) Axes(Box plane)
    {
        var isHistogram = plot.Marks.OfType<Histogram>().Any();
        var hasPoints = plot.Marks.Any(mark => mark is Scatter or Arrows);
        var air = hasPoints ? 0.06 : 0;
        var points = plot.Marks.SelectMany(Extremes).ToList();
        var across = AxisMap.Of(plot.X, points.Select(point => point.X), air, plane.X, plane.Right);
        var up = isHistogram && plot.Y is { Min: null, Scale: AxisScale.Linear } ? plot.Y with { Min = 0 } : plot.Y;
        return (across, AxisMap.Of(up, points.Select(point => point.Y), Math.Max(air, 0.04), plane.Bottom, plane.Y));
    }

    private static IEnumerable<(double X, double Y)> Extremes(Mark mark) => mark switch
    {
        Scatter scatter => scatter.Points.Select(point => (point.X, point.Y)),
        Line line => line.Points.Select(point => (point.X, point.Y)),
        Histogram histogram => histogram.Bins.SelectMany(bin => new[] { (bin.From, bin.Height), (bin.To, bin.Height) }),
        Arrows arrows => arrows.Items.SelectMany(arrow => new[] { (arrow.FromX, arrow.FromY), (arrow.ToX, arrow.ToY) }),
        _ => [],
    };

    private void DrawAxes(Canvas canvas, Box plane, AxisMap across, AxisMap upward)
    {
        foreach (var tick in plot.X.HasNoTicks ? [] : across.Ticks((int)Math.Max(2, plane.Width / 80)))
        {
            var at = across[tick.Value];
            canvas.Segment(at, plane.Y, at, plane.Bottom, "grid");
            canvas.Text(at, plane.Bottom + 13, tick.Text, "small muted", Anchor.Middle);
        }

        foreach (var tick in plot.Y.HasNoTicks ? [] : upward.Ticks(6))
        {
            var at = upward[tick.Value];
            canvas.Segment(plane.X, at, plane.Right, at, "grid");
            canvas.Text(plane.X - 5, at + 3.5, tick.Text, "small muted", Anchor.End);
        }

        if (plot.X.Label is { } below)
        {
            canvas.Text(plane.X + (plane.Width / 2), plane.Bottom + (plot.X.HasNoTicks ? 14 : TickRoom + 12), below, "small muted", Anchor.Middle);
        }

        if (plot.Y.Label is { } beside)
        {
            canvas.Text(plane.X - Left + 10, plane.Y + (plane.Height / 2), beside, "small muted", Anchor.Middle, upright: true);
        }
    }

    private static void Draw(Canvas canvas, Box plane, AxisMap across, AxisMap upward, Mark mark)
    {
        switch (mark)
        {
            case Scatter scatter:
                DrawPoints(canvas, across, upward, scatter);
                break;
            case Line line:
                DrawLine(canvas, across, upward, line);
                break;
            case Histogram histogram:
                DrawBins(canvas, plane, across, upward, histogram);
                break;
            case Arrows arrows:
                ArrowMarks.Draw(canvas, across, upward, arrows);
                break;
        }
    }

    private static double Radius(int count) => count switch { <= 300 => 3.5, <= 2000 => 2.5, _ => 1.5 };

    private static void DrawPoints(Canvas canvas, AxisMap across, AxisMap upward, Scatter scatter)
    {
        var radius = Radius(scatter.Points.Count);
        foreach (var point in scatter.Points.Where(point => across.Shows(point.X) && upward.Shows(point.Y)))
        {
            var (x, y) = (across[point.X], upward[point.Y]);
            canvas.Circle(x, y, radius, Theme.Group(point.Group ?? 0));
            Note(canvas, x, y, point);
        }
    }

    private static void Note(Canvas canvas, double x, double y, PlotPoint point)
    {
        var where = $"{Ticks.Short(point.X)}, {Ticks.Short(point.Y)}";
        canvas.Hover.Marks.Add(new HoverMark(new Box(x - 5, y - 5, 10, 10), point.Label is { } label ? $"{VisibleText.OneLine(label)}\n{where}" : where));
    }

    private static void DrawLine(Canvas canvas, AxisMap across, AxisMap upward, Line line)
    {
        var path = new StringBuilder();
        var (isOpen, lastX, lastY) = (false, 0.0, 0.0);
        foreach (var point in line.Points)
        {
            if (!across.Shows(point.X) || !upward.Shows(point.Y))
            {
                isOpen = false;
                continue;
            }

            // Of points that fall on the same pixel one is drawn.
            var (x, y) = (across[point.X], upward[point.Y]);
            if (isOpen && Math.Abs(x - lastX) < LeastStep && Math.Abs(y - lastY) < LeastStep && !ReferenceEquals(point, line.Points[^1]))
            {
                continue;
            }

            path.Append(isOpen ? 'L' : 'M').Append(Canvas.Number(x)).Append(' ').Append(Canvas.Number(y));
            (isOpen, lastX, lastY) = (true, x, y);
            Note(canvas, x, y, point);
        }

        canvas.Path(path.ToString(), $"line {Theme.Group(line.Group)}");
    }

    private static void DrawBins(Canvas canvas, Box plane, AxisMap across, AxisMap upward, Histogram histogram)
    {
        foreach (var bin in histogram.Bins.Where(bin => bin.Height > 0 && upward.Shows(bin.Height)))
        {
            var (left, right, top) = (across[bin.From], across[bin.To], upward[bin.Height]);
            var bar = new Box(left, top, Math.Max(right - left - 0.5, 0.5), plane.Bottom - top);
            canvas.Rectangle(bar, Theme.Group(histogram.Group));
            canvas.Hover.Marks.Add(new HoverMark(new Box(left, plane.Y, right - left, plane.Height), $"{Ticks.Short(bin.From)} to {Ticks.Short(bin.To)}\n{Ticks.Short(bin.Height)}"));
        }
    }

    private void DrawLabels(Canvas canvas, Box plane, AxisMap across, AxisMap upward)
    {
        var points = plot.Marks.OfType<Scatter>()
            .SelectMany(scatter => scatter.Points.Select(point => (Point: point, Radius: Radius(scatter.Points.Count))))
            .Where(each => across.Shows(each.Point.X) && upward.Shows(each.Point.Y))
            .Select(each => (across[each.Point.X], upward[each.Point.Y], each.Radius, each.Point.Label is { } label ? VisibleText.OneLine(label) : null))
            .ToList();
        ScatterLabels.Draw(canvas, plane, points);
    }
}
