using System.Text;
using Gptx.Figures.Html;
using Gptx.Figures.Painting;
using Gptx.Figures.Png;

namespace Gptx.Figures;

/// <summary>Writes figures. The same figure gives the same bytes.</summary>
public static class FigureWriter
{
    /// <summary>A figure as an SVG document.</summary>
    /// <exception cref="GptxException"><c>FigureTooLarge</c>.</exception>
    public static string ToSvg(Figure figure) => FigurePainter.Paint(figure).Svg;

    /// <summary>A figure as one HTML page that loads nothing.</summary>
    /// <exception cref="GptxException"><c>FigureTooLarge</c>.</exception>
    public static string ToHtml(Figure figure) => HtmlPage.Of(figure.Title, FigurePainter.Paint(figure));

    /// <summary>The cells of a figure's matrices as a PNG picture.</summary>
    /// <exception cref="GptxException"><c>FigureNotMatrix</c>; <c>FigureTooLarge</c>.</exception>
    public static byte[] ToPng(Figure figure) => MatrixImage.OfFigure(figure);

    /// <summary>Writes a figure in a format.</summary>
    /// <exception cref="GptxException"><c>FigureNotMatrix</c>; <c>FigureTooLarge</c>.</exception>
    public static void Write(Figure figure, FigureFormat format, Stream stream) => stream.Write(format switch
    {
        FigureFormat.Svg => Encoding.UTF8.GetBytes(ToSvg(figure)),
        FigureFormat.Html => Encoding.UTF8.GetBytes(ToHtml(figure)),
        FigureFormat.Png => ToPng(figure),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "not a format of figures"),
    });
}
