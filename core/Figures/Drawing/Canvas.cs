using System.Text;

namespace Gptx.Figures.Drawing;

/// <summary>Where a line of text stands relative to its point.</summary>
internal enum Anchor
{
    Start,
    Middle,
    End,
}

/// <summary>Takes what is drawn: as SVG, and what a reader is told who points at it.</summary>
internal sealed class Canvas
{
    private readonly StringBuilder _svg = new();

    public string Svg => _svg.ToString();

    public HoverData Hover { get; } = new();

    /// <summary>Number of gradients defined, for names of their own.</summary>
    public int Gradients { get; set; }

    /// <summary>A line of text; what is not legal in XML is replaced.</summary>
    public void Text(double x, double y, string text, string? style = null, Anchor anchor = Anchor.Start, bool upright = false, double? exactWidth = null)
    {
        if (text.Length == 0)
        {
            return;
        }

        _svg.Append("<text x=\"").Append(Number(x)).Append("\" y=\"").Append(Number(y)).Append('"');
        Class(style);
        _svg.Append(anchor switch { Anchor.Middle => " text-anchor=\"middle\"", Anchor.End => " text-anchor=\"end\"", _ => "" });
        if (upright)
        {
            _svg.Append(" transform=\"rotate(-90 ").Append(Number(x)).Append(' ').Append(Number(y)).Append(")\"");
        }

        if (exactWidth is { } width)
        {
            _svg.Append(" textLength=\"").Append(Number(width)).Append("\" lengthAdjust=\"spacingAndGlyphs\"");
        }

        _svg.Append('>').Append(Xml.Escape(text)).Append("</text>\n");
    }

    public void Rectangle(Box box, string? style = null, Rgb? fill = null, double radius = 0)
    {
        _svg.Append("<rect x=\"").Append(Number(box.X)).Append("\" y=\"").Append(Number(box.Y))
            .Append("\" width=\"").Append(Number(box.Width)).Append("\" height=\"").Append(Number(box.Height)).Append('"');
        if (radius > 0)
        {
            _svg.Append(" rx=\"").Append(Number(radius)).Append('"');
        }

        Class(style);
        Fill(fill);
        _svg.Append("/>\n");
    }

    public void Circle(double x, double y, double radius, string style)
    {
        _svg.Append("<circle cx=\"").Append(Number(x)).Append("\" cy=\"").Append(Number(y)).Append("\" r=\"").Append(Number(radius)).Append('"');
        Class(style);
        _svg.Append("/>\n");
    }

    public void Segment(double fromX, double fromY, double toX, double toY, string style) =>
        Path($"M{Number(fromX)} {Number(fromY)}L{Number(toX)} {Number(toY)}", style);

    public void Path(string d, string? style = null, Rgb? fill = null, string? more = null)
    {
        _svg.Append("<path d=\"").Append(d).Append('"');
        Class(style);
        Fill(fill);
        _svg.Append(more).Append("/>\n");
    }

    /// <summary>A picture whose pixels stay squares when they are enlarged.</summary>
    public void Image(Box box, byte[] png) => _svg.Append("<image x=\"").Append(Number(box.X)).Append("\" y=\"").Append(Number(box.Y))
        .Append("\" width=\"").Append(Number(box.Width)).Append("\" height=\"").Append(Number(box.Height))
        .Append("\" preserveAspectRatio=\"none\" style=\"image-rendering:pixelated\" href=\"data:image/png;base64,").Append(Convert.ToBase64String(png)).Append("\"/>\n");

    /// <summary>Markup that is written as it is.</summary>
    public void Raw(string markup) => _svg.Append(markup);

    /// <summary>A coordinate with at most two decimals, the same on every machine.</summary>
    public static string Number(double value)
    {
        var rounded = Math.Round(value, 2, MidpointRounding.AwayFromZero);
        return (rounded == 0 ? 0 : rounded).ToString("0.##", System.Globalization.CultureInfo.InvariantCulture);
    }

    private void Class(string? style)
    {
        if (style is not null)
        {
            _svg.Append(" class=\"").Append(style).Append('"');
        }
    }

    private void Fill(Rgb? fill)
    {
        if (fill is { } colour)
        {
            _svg.Append(" fill=\"").Append(colour).Append('"');
        }
    }
}
