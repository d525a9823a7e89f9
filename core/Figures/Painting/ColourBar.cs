using System.Globalization;
using System.Text;
using Gptx.Figures.Drawing;

namespace Gptx.Figures.Painting;

/// <summary>The key of a colour scale: its colours, and the values at the ends, at the middle and, where it is signed, at zero.</summary>
internal static class ColourBar
{
    /// <summary>Height with its numbers, in pixels.</summary>
    public const double Height = 40;

    private const double Width = 200;
    private const double Thickness = 10;
    private const int Stops = 16;

    /// <summary>Width with its label, in pixels.</summary>
    public static double WidthOf(ColourScale scale) => Width + 10 + TextWidth.Of(VisibleText.OneLine(scale.Label), 12);

    public static void Draw(Canvas canvas, double x, double y, ColourScale scale)
    {
        var name = $"scale{canvas.Gradients++}";
        var gradient = new StringBuilder($"<linearGradient id=\"{name}\">");
        for (var stop = 0; stop <= Stops; stop++)
        {
            var colour = scale.Map[(int)Math.Round(stop * (ColourMap.Steps - 1) / (double)Stops)];
            gradient.Append(CultureInfo.InvariantCulture, $"<stop offset=\"{Canvas.Number(stop / (double)Stops * 100)}%\" stop-color=\"{colour}\"/>");
        }

        canvas.Raw(gradient.Append("</linearGradient>\n").ToString());
        canvas.Raw($"<rect x=\"{Canvas.Number(x)}\" y=\"{Canvas.Number(y + 8)}\" width=\"{Canvas.Number(Width)}\" height=\"{Canvas.Number(Thickness)}\" fill=\"url(#{name})\"/>\n");
        canvas.Rectangle(new Box(x, y + 8, Width, Thickness), "axis");
        foreach (var (share, anchor) in new[] { (0.0, Anchor.Start), (0.5, Anchor.Middle), (1.0, Anchor.End) })
        {
            canvas.Text(x + (share * Width), y + 8 + Thickness + 11, Ticks.Short(scale.ValueAt(share)), "small muted", anchor);
        }

        canvas.Text(x + Width + 10, y + 8 + Thickness - 1, VisibleText.OneLine(scale.Label), "muted");
    }
}
