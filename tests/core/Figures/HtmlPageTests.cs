using System.Text.Json;
using Gptx.Figures;

namespace Gptx.Tests.Figures;

/// <summary>A figure as a page: the SVG, its numbers and a script, and nothing from elsewhere.</summary>
public class HtmlPageTests
{
    [Theory]
    [MemberData(nameof(SvgTests.Kinds), MemberType = typeof(SvgTests))]
    public void Is_the_svg_with_data_and_loads_nothing(string kind)
    {
        var html = FigureWriter.ToHtml(SampleFigures.All[kind]);
        Assert.Contains(FigureWriter.ToSvg(SampleFigures.All[kind]), html, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", html, StringComparison.Ordinal);
        Assert.DoesNotContain("http", html.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal).Replace("http-equiv", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain(" src=", html, StringComparison.Ordinal);
        using var data = Data(html);
        Assert.Equal(["grids", "marks", "clouds"], data.RootElement.EnumerateObject().Select(part => part.Name));
        Assert.True(data.RootElement.EnumerateObject().Sum(part => part.Value.GetArrayLength()) > 0);
        Assert.Equal(html, FigureWriter.ToHtml(SampleFigures.All[kind]));
    }

    [Fact]
    public void Values_have_four_digits_and_blanks_are_null()
    {
        using var data = Data(FigureWriter.ToHtml(SampleFigures.Heatmap(["a", "b", "c"])));
        Assert.Equal("[[1],[0.5,0.5],[0.3333,0.3333,0.3333]]", data.RootElement.GetProperty("grids")[0].GetProperty("values").GetRawText());
    }

    [Fact]
    public void Text_cannot_end_the_script()
    {
        const string Hostile = "</script><script>alert(1)</script><!--";
        var html = FigureWriter.ToHtml(SampleFigures.Heatmap([Hostile, Hostile]));
        Assert.DoesNotContain("alert(1)</script>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<!--", html, StringComparison.Ordinal);
        using var data = Data(html);
        Assert.Equal(Hostile, data.RootElement.GetProperty("grids")[0].GetProperty("rows")[0].GetString());
    }

    private static JsonDocument Data(string html)
    {
        const string Begin = "id=\"data\">";
        var start = html.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        return JsonDocument.Parse(html[start..html.IndexOf("</script>", start, StringComparison.Ordinal)]);
    }
}
