using System.Globalization;
using System.Text;
using Gptx.Figures.Colours;
using Gptx.Figures.Drawing;

namespace Gptx.Figures.Painting;

/// <summary>A figure as SVG, and what pointing at it tells.</summary>
/// <param name="Svg">The document, from its &lt;svg&gt; element on.</param>
/// <param name="Width">Its width in pixels.</param>
/// <param name="Height">Its height in pixels.</param>
/// <param name="Hover">What pointing tells.</param>
internal sealed record PaintedFigure(string Svg, double Width, double Height, HoverData Hover);

/// <summary>Lays a figure out: title, panels in rows, the scale of their colours, caption.</summary>
internal sealed class FigurePainter
{
    private const double Margin = 16;
    private const double Gap = 18;
    private const double PanelTitle = 18;
    private const double LargestWidth = 1000;
    private const double LeastWidth = 340;
    private const double CaptionLine = 15;
    private const int MostPanels = 1024;
    private readonly Figure _figure;
    private readonly Painter[] _painters;
    private readonly double _room;
    private readonly double[] _columnWidths;
    private readonly double[] _rowHeights;
    private readonly ColourScale? _sharedScale;
    private readonly ColourScale?[] _ownScales;

    private FigurePainter(Figure figure)
    {
        _figure = figure;
        _painters = [.. figure.Panels.Select(Painter.Of)];
        var columns = Math.Clamp(figure.Columns, 1, Math.Max(_painters.Length, 1));
        _room = (LargestWidth - (Gap * (columns - 1))) / columns;
        ColourScale[] scales = [.. _painters.Select(painter => painter.Scale).OfType<ColourScale>().Distinct()];
        _sharedScale = scales is [var only] ? only : null;
        _ownScales = [.. _painters.Select(painter => _sharedScale is null ? painter.Scale : null)];
        _columnWidths = new double[columns];
        _rowHeights = new double[(_painters.Length + columns - 1) / columns];
        foreach (var (index, painter) in _painters.Index())
        {
            var extent = painter.Measure(_room);
            var (row, column) = (index / columns, index % columns);
            var titleWidth = figure.Panels[index].Title is { } title ? Math.Min(TextWidth.Of(title, 12.5), _room) : 0;
            _columnWidths[column] = Math.Max(_columnWidths[column], Math.Max(Math.Max(extent.Width, titleWidth), _ownScales[index] is { } own ? ColourBar.WidthOf(own) : 0));
            _rowHeights[row] = Math.Max(_rowHeights[row], extent.Height + TitleHeight(index) + (_ownScales[index] is null ? 0 : ColourBar.Height));
        }
    }

    /// <summary>Draws a figure.</summary>
    /// <exception cref="GptxException"><c>FigureTooLarge</c>: more panels than anyone could look at.</exception>
    public static PaintedFigure Paint(Figure figure) => figure.Panels.Count <= MostPanels ? new FigurePainter(figure).Paint() : throw new GptxException(
        GptxErrorKind.InvalidArgument, "FigureTooLarge", $"the figure would have {figure.Panels.Count} parts: at most {MostPanels} are drawn; choose fewer");

    private PaintedFigure Paint()
    {
        var inner = Math.Max(
            Math.Max(LeastWidth, _sharedScale is null ? 0 : ColourBar.WidthOf(_sharedScale)), _columnWidths.Sum() + (Gap * (_columnWidths.Length - 1)));
        var titles = Wrap(VisibleText.OneLine(_figure.Title), 16.5, inner);
        string[] caption = [.. (_figure.Caption ?? "").Split('\n').SelectMany(line => Wrap(VisibleText.OneLine(line), TextWidthOfCaption, inner)).Where(line => line.Length > 0)];
        var canvas = new Canvas();
        var y = Margin;
        foreach (var line in titles)
        {
            canvas.Text(Margin, y + 14, line, "title");
            y += 20;
        }

        y = DrawPanels(canvas, y + 8);
        if (_sharedScale is not null)
        {
            ColourBar.Draw(canvas, Margin, y, _sharedScale);
            y += ColourBar.Height;
        }

        y += caption.Length > 0 ? 6 : 0;
        foreach (var line in caption)
        {
            canvas.Text(Margin, y + 11, line, "muted");
            y += CaptionLine;
        }

        var (width, height) = (Math.Ceiling(inner + (2 * Margin)), Math.Ceiling(y + Margin - 4));
        return new PaintedFigure(Document(canvas, width, height), width, height, canvas.Hover);
    }

    private const double TextWidthOfCaption = 12;

    private double DrawPanels(Canvas canvas, double y)
    {
        var columns = _columnWidths.Length;
        foreach (var (row, height) in _rowHeights.Index())
        {
            var x = Margin;
            for (var column = 0; column < columns && (row * columns) + column < _painters.Length; column++)
            {
                DrawPanel(canvas, (row * columns) + column, x, y);
                x += _columnWidths[column] + Gap;
            }

            y += height + (row < _rowHeights.Length - 1 ? Gap : 6);
        }

        return y;
    }

    private void DrawPanel(Canvas canvas, int index, double x, double y)
    {
        if (_figure.Panels[index].Title is { } title)
        {
            canvas.Text(x, y + 11, TextWidth.Fit(VisibleText.OneLine(title), 12.5, Math.Max(_columnWidths[index % _columnWidths.Length], 40)), "panel");
        }

        var top = y + TitleHeight(index);
        _painters[index].Draw(canvas, x, top, _room);
        if (_ownScales[index] is { } scale)
        {
            ColourBar.Draw(canvas, x, top + _painters[index].Measure(_room).Height, scale);
        }
    }

    private double TitleHeight(int index)
    {
        var columns = _columnWidths.Length;
        return _figure.Panels.Skip(index / columns * columns).Take(columns).Any(panel => panel.Title is not null) ? PanelTitle : 0;
    }

    private string Document(Canvas canvas, double width, double height)
    {
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"title\">\n");
        svg.Append("<title id=\"title\">").Append(Xml.Escape(VisibleText.OneLine(_figure.Title))).Append("</title>\n");
        if (_figure.Caption is { } caption)
        {
            svg.Append("<desc>").Append(Xml.Escape(VisibleText.Running(caption))).Append("</desc>\n");
        }

        svg.Append("<style>").Append(Theme.Css).Append("</style>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"ground\" width=\"{width}\" height=\"{height}\"/>\n");
        return svg.Append(canvas.Svg).Append("</svg>\n").ToString();
    }

    private static List<string> Wrap(string text, double size, double room)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in text.Split(' '))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (line.Length > 0 && TextWidth.Of(longer, size) > room)
            {
                lines.Add(line);
                line = word;
            }
            else
            {
                line = longer;
            }
        }

        lines.Add(line);
        return [.. lines.Select(each => TextWidth.Fit(each, size, room))];
    }
}
