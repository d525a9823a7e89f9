using Gptx.Figures.Colours;
using Gptx.Figures.Drawing;

namespace Gptx.Figures.Painting;

/// <summary>Names of groups with their colours, side by side, on as many lines as they take.</summary>
internal static class Legend
{
    private const double LineHeight = 18;
    private const double Size = 11;
    private const double Swatch = 10;
    private const double LongestName = 220;

    public static double Height(IReadOnlyList<(string Name, int Group)> names, double width) =>
        names.Count == 0 ? 0 : (LineHeight * (Places(names, width)[^1].Line + 1)) + 2;

    public static void Draw(Canvas canvas, double x, double y, double width, IReadOnlyList<(string Name, int Group)> names)
    {
        foreach (var (index, (offset, line)) in Places(names, width).Index())
        {
            var top = y + (line * LineHeight);
            canvas.Rectangle(new Box(x + offset, top + 2, Swatch, Swatch), Theme.Group(names[index].Group), radius: 2);
            canvas.Text(x + offset + Swatch + 4, top + 11, Shown(names[index].Name), "label");
        }
    }

    private static List<(double Offset, int Line)> Places(IReadOnlyList<(string Name, int Group)> names, double width)
    {
        var places = new List<(double Offset, int Line)>();
        var (offset, line) = (0.0, 0);
        foreach (var (name, _) in names)
        {
            var wide = Swatch + 4 + TextWidth.Of(Shown(name), Size) + 14;
            if (offset > 0 && offset + wide > width)
            {
                (offset, line) = (0, line + 1);
            }

            places.Add((offset, line));
            offset += wide;
        }

        return places;
    }

    private static string Shown(string name) => TextWidth.Fit(VisibleText.OneLine(name), Size, LongestName);
}
