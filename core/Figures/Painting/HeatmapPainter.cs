using Gptx.Figures.Drawing;
using Gptx.Figures.Png;

namespace Gptx.Figures.Painting;

/// <summary>Draws a matrix: its cells as paths, a path a colour, or as a picture where there are many; labels thinned to what fits.</summary>
internal sealed class HeatmapPainter(Heatmap map) : Painter
{
    private const int MostPaths = 4096;
    private const double LongestLabel = 110;
    private const double TallestMatrix = 1100;
    private const double TitleRoom = 15;

    public override ColourScale Scale => map.Scale;

    private bool ShowsRows => !map.HidesRowLabels;

    private bool ShowsColumns => !map.HidesColumnLabels;

    public override Extent Measure(double room)
    {
        var (left, top, cell) = (Left, Top(room), Cell(room));
        return new Extent(left + (cell.Width * map.ColumnCount) + 1, top + (cell.Height * map.Rows) + 1);
    }

    public override void Draw(Canvas canvas, double x, double y, double room)
    {
        var (left, top, cell) = (Left, Top(room), Cell(room));
        var place = new Box(x + left, y + top, cell.Width * map.ColumnCount, cell.Height * map.Rows);
        DrawCells(canvas, place, cell);
        canvas.Rectangle(place, "axis");
        DrawTexts(canvas, place, cell);
        DrawRowLabels(canvas, x, place, cell);
        DrawColumnLabels(canvas, y, place, cell);
        canvas.Hover.Grids.Add(new HoverGrid(place, map));
    }

    private double Left => !ShowsRows ? 0
        : (map.RowTitle is null ? 0 : TitleRoom) + Math.Min(LongestLabel, Labels(map.RowLabels, map.Rows).Select(label => TextWidth.Of(label, SmallSize)).DefaultIfEmpty(0).Max()) + 5;

    private double Top(double room)
    {
        if (!ShowsColumns)
        {
            return 0;
        }

        var title = map.ColumnTitle is null ? 0 : TitleRoom;
        return title + (IsFlat(room) ? 14 : LongestColumnLabel + 5);
    }

    private double LongestColumnLabel =>
        Math.Min(LongestLabel, Labels(map.ColumnLabels, map.ColumnCount).Select(label => TextWidth.Of(label, SmallSize)).DefaultIfEmpty(0).Max());

    // Column labels lie flat where they fit, or are numbers; else they stand upright.
    private bool IsFlat(double room) => map.ColumnLabels is null || LongestColumnLabel + 4 <= Cell(room).Width;

    private Extent Cell(double room)
    {
        var width = Math.Min(map.LargestCell, (room - Left) / Math.Max(map.ColumnCount, 1));
        var tallest = TallestMatrix / Math.Max(map.Rows, 1);
        if (map.CellHeight is { } given)
        {
            return new Extent(width, Math.Min(given, tallest));
        }

        var side = Math.Min(width, tallest);
        return new Extent(map.ColumnCount > map.Rows ? width : side, side);
    }

    // Without labels the rows are counted.
    private static IEnumerable<string> Labels(IReadOnlyList<string>? labels, int count) => labels?.Select(VisibleText.OneLine) ?? [$"{Math.Max(count - 1, 0)}"];

    private static string Label(IReadOnlyList<string>? labels, int index) => labels is null ? $"{index}" : VisibleText.OneLine(labels[index]);

    private void DrawCells(Canvas canvas, Box place, Extent cell)
    {
        if (map.Rows * (long)map.ColumnCount > MostPaths)
        {
            canvas.Image(place, MatrixImage.OfSteps(map));
            return;
        }

        canvas.Raw($"<g class=\"cells\" transform=\"translate({Canvas.Number(place.X)} {Canvas.Number(place.Y)}) scale({Scaled(cell.Width)} {Scaled(cell.Height)})\" shape-rendering=\"crispEdges\">\n");
        foreach (var (step, path) in CellPaths.Of(map))
        {
            canvas.Path(path, fill: map.Scale.Map[step]);
        }

        canvas.Raw("</g>\n");
    }

    private static string Scaled(double factor) => factor.ToString("0.####", System.Globalization.CultureInfo.InvariantCulture);

    private void DrawTexts(Canvas canvas, Box place, Extent cell)
    {
        foreach (var (row, texts) in (map.CellTexts ?? []).Index())
        {
            foreach (var (column, text) in texts.Index())
            {
                var colour = map.Scale.Colour(map.Values[row][column]);
                canvas.Text(
                    place.X + ((column + 0.5) * cell.Width),
                    place.Y + ((row + 0.5) * cell.Height) + 3.5,
                    TextWidth.Fit(VisibleText.OneLine(text), SmallSize, cell.Width - 3),
                    colour is not { } ground ? "small" : ground.WantsBlackText ? "small on-light" : "small on-dark",
                    Anchor.Middle);
            }
        }
    }

    private void DrawRowLabels(Canvas canvas, double x, Box place, Extent cell)
    {
        if (!ShowsRows)
        {
            return;
        }

        var step = LabelStep(cell.Height, 12);
        for (var row = 0; row < map.Rows; row += step)
        {
            var label = TextWidth.Fit(Label(map.RowLabels, row), SmallSize, LongestLabel);
            canvas.Text(place.X - 4, place.Y + ((row + 0.5) * cell.Height) + 3.5, label, "small", Anchor.End);
        }

        if (map.RowTitle is { } title)
        {
            canvas.Text(x + 9, place.Y + (place.Height / 2), title, "small muted", Anchor.Middle, upright: true);
        }
    }

    private void DrawColumnLabels(Canvas canvas, double y, Box place, Extent cell)
    {
        if (!ShowsColumns)
        {
            return;
        }

        var isFlat = map.ColumnLabels is null || LongestColumnLabel + 4 <= cell.Width;
        var step = LabelStep(cell.Width, !isFlat ? 12 : map.ColumnLabels is null ? 30 : 1);
        for (var column = 0; column < map.ColumnCount; column += step)
        {
            var label = TextWidth.Fit(Label(map.ColumnLabels, column), SmallSize, LongestLabel);
            var middle = place.X + ((column + 0.5) * cell.Width);
            canvas.Text(isFlat ? middle : middle + 3.5, place.Y - 4, label, "small", isFlat ? Anchor.Middle : Anchor.Start, upright: !isFlat);
        }

        if (map.ColumnTitle is { } title)
        {
            canvas.Text(place.X + (place.Width / 2), y + 10, title, "small muted", Anchor.Middle);
        }
    }

    private static int LabelStep(double cell, double least) => (int)Math.Max(1, Ticks.RoundUp(Math.Max(1, Math.Ceiling(least / cell))));
}
