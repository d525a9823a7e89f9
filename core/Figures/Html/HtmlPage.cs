using System.Text;
using Gptx.Figures.Drawing;
using Gptx.Figures.Painting;

namespace Gptx.Figures.Html;

/// <summary>
/// A page with a figure, the numbers behind it and a script: one file, which loads nothing and is forbidden to (its content security policy).
/// </summary>
internal static class HtmlPage
{
    private const string ScriptResource = "Gptx.Figures.figure.js";
    private const string StyleResource = "Gptx.Figures.figure.css";

    public static string Of(string title, PaintedFigure figure)
    {
        var page = new StringBuilder();
        page.Append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        page.Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:\">\n");
        page.Append("<meta name=\"viewport\" content=\"width=device-width\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<link rel=\"icon\" href=\"data:,\">\n");
        page.Append("<title>").Append(Xml.Escape(VisibleText.OneLine(title))).Append("</title>\n");
        page.Append("<style>\n").Append(Resource(StyleResource)).Append("</style>\n</head>\n<body>\n<div id=\"figure\">\n");
        page.Append(figure.Svg).Append("</div>\n");
        page.Append("<p id=\"keys\">wheel: zoom - drag: move").Append(figure.Hover.Clouds.Count > 0 ? ", or turn the cloud" : "").Append(" - double click: back - keys: + - 0 and arrows</p>\n");
        page.Append("<div id=\"note\" role=\"status\" hidden></div>\n");
        page.Append("<script type=\"application/json\" id=\"data\">").Append(HoverJson.Write(figure.Hover)).Append("</script>\n");
        page.Append("<script>\n").Append(Resource(ScriptResource)).Append("</script>\n</body>\n</html>\n");
        return page.ToString();
    }

    private static string Resource(string name)
    {
        using Stream stream = typeof(HtmlPage).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
