using Gptx.Figures.Drawing;

namespace Gptx.Figures.Painting;

/// <summary>Draws the labels of points where they found a place, and lines to those that stand apart.</summary>
internal static class ScatterLabels
{
    private const double Size = 11;

    public static void Draw(Canvas canvas, Box plane, IReadOnlyList<(double X, double Y, double Radius, string? Label)> points)
    {
        foreach (var label in new LabelPlacement(plane, Size).Place(points))
        {
            var (x, y, radius, _) = points[label.Point];
            if (label.NeedsLine)
            {
                DrawLine(canvas, x, y, radius, label.Place);
            }

            canvas.Text(label.Place.X, label.Place.Y + (Size * 0.9), label.Text, "label halo");
        }
    }

    private static void DrawLine(Canvas canvas, double x, double y, double radius, Box label)
    {
        var (toX, toY) = (Math.Clamp(x, label.X, label.Right), Math.Clamp(y, label.Y, label.Bottom));
        var length = Math.Sqrt(((toX - x) * (toX - x)) + ((toY - y) * (toY - y)));
        if (length > radius)
        {
            canvas.Segment(x + ((toX - x) * radius / length), y + ((toY - y) * radius / length), toX, toY, "axis");
        }
    }
}
