using System.Xml.Linq;
using FsCheck;
using FsCheck.Fluent;
using Gptx.Figures;

namespace Gptx.Tests.Figures;

/// <summary>What is written as SVG: well formed, complete, and the same each time.</summary>
public class SvgTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static TheoryData<string> Kinds => [.. SampleFigures.All.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Is_the_file_of_the_last_time(string kind)
    {
        var path = Path.Join(GoldenRoot.RepositoryRoot, "tests", "core", "Figures", "snapshots", $"{kind}.svg");
        var svg = FigureWriter.ToSvg(SampleFigures.All[kind]);
        if (Environment.GetEnvironmentVariable("GPTX_WRITE_SNAPSHOTS") == "1")
        {
            File.WriteAllText(path, svg);
        }

        SvgComparison.Same(File.ReadAllText(path), svg);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Is_well_formed_and_loads_nothing(string kind)
    {
        var svg = FigureWriter.ToSvg(SampleFigures.All[kind]);
        var root = XDocument.Parse(svg).Root!;
        Assert.Equal(Svg + "svg", root.Name);
        Assert.Equal(SampleFigures.All[kind].Title, root.Element(Svg + "title")!.Value);
        Assert.DoesNotContain("NaN", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("Infinity", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("script", svg, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("http", svg.Replace(Svg.NamespaceName, "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(svg, FigureWriter.ToSvg(SampleFigures.All[kind]));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Nothing_is_drawn_outside_of_the_page(string kind)
    {
        var root = XDocument.Parse(FigureWriter.ToSvg(SampleFigures.All[kind])).Root!;
        var (width, height) = ((double)root.Attribute("width")!, (double)root.Attribute("height")!);
        foreach (var element in root.Descendants().Where(element => element.Attribute("x") is not null))
        {
            Assert.InRange((double)element.Attribute("x")!, 0, width);
            Assert.InRange((double)element.Attribute("y")!, 0, height);
            Assert.InRange((double)element.Attribute("x")! + ((double?)element.Attribute("width") ?? 0), 0, width);
        }
    }

    [Fact]
    public void Any_text_in_any_place_is_well_formed() => Prop.ForAll(
        ArbMap.Default.ArbFor<string[]>(),
        words =>
        {
            string[] texts = [.. words.Select(word => word ?? ""), "\u0000\u0001\u001b[31m", "<script>alert(1)</script>", "]]>&\"'", "\ud800", "\udfff\ud800", "\ufffe", "\u202egnirts", "שלום", "👩‍👩‍👧", "e\u0301", "\r\n\t"];
            foreach (var figure in new[] { SampleFigures.Scatter(texts), SampleFigures.Cloud(texts), SampleFigures.Heatmap(texts), SampleFigures.Text(texts), Figure.Of(string.Concat(texts), new BarChart([new LabelledBar(texts[^1], 1, "1")]) { Title = texts[0] }, string.Join('\n', texts)) })
            {
                var svg = FigureWriter.ToSvg(figure);
                var elements = XDocument.Parse(svg).Descendants().ToList();
                Assert.DoesNotContain(elements, element => element.Name.LocalName is "script" or "b");
                Assert.DoesNotContain('\u202e', svg);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    [Fact]
    public void Empty_and_single_data_can_be_drawn()
    {
        Panel[] panels =
        [
            new Heatmap([], new ColourScale(ColourMap.Viridis, 0, 1, "x")), new Heatmap([[1f]], ColourScale.OfAmounts([1], "x")), new BarChart([]), new BarChart([new LabelledBar("nan", double.NaN, "-")]),
            new ColouredText([]), new PointCloud([]), new PointCloud([new SpacePoint(1, 1, 1, "one")]), new Plot(new Axis(), new Axis(), []),
            new Plot(new Axis(), new Axis(), [new Scatter([new PlotPoint(5, 5, "one")])]), new Plot(new Axis(), new Axis(), [Histogram.Of([])]), new Plot(new Axis(), new Axis(), [Histogram.Of([2, 2])]),
            new Plot(new Axis { Scale = AxisScale.Logarithmic }, new Axis { Scale = AxisScale.Logarithmic }, [new Line([new PlotPoint(0, -1), new PlotPoint(double.NaN, 1)])]),
        ];
        Assert.All(panels, panel => Assert.DoesNotContain("NaN", FigureWriter.ToSvg(Figure.Of("nothing", panel)), StringComparison.Ordinal));
    }

    [Fact]
    public void A_thousand_tokens_are_legible()
    {
        string[] tokens = [.. Enumerable.Range(0, 1000).Select(index => $"token{index}")];
        var svg = FigureWriter.ToSvg(SampleFigures.Heatmap(tokens));
        var labels = XDocument.Parse(svg).Descendants(Svg + "text").Where(text => text.Attribute("transform") is null && text.Value.StartsWith("token", StringComparison.Ordinal))
            .Select(text => (double)text.Attribute("y")!).ToList();
        Assert.InRange(labels.Count, 20, 100);
        Assert.All(labels.Zip(labels.Skip(1)), pair => Assert.True(pair.Second - pair.First >= 10));
        Assert.True(svg.Length < 1_000_000, $"{svg.Length} characters");
    }

    [Fact]
    public void A_word_of_several_tokens_is_not_torn_at_the_end_of_a_line()
    {
        string[] tokens = ["one", " two", " thr", "ee", "four", " " + new string('w', 90), "w"];
        var svg = FigureWriter.ToSvg(Figure.Of("words", new ColouredText([.. tokens.Select(token => new TextPiece(token) { IsToken = true })]) { Width = 120 }));
        var lines = XDocument.Parse(svg).Descendants(Svg + "text").Where(text => (string?)text.Attribute("class") is { } style && style.Contains("mono", StringComparison.Ordinal))
            .GroupBy(text => (double)text.Attribute("y")!).Select(line => string.Concat(line.Select(text => text.Value)).Replace('\u00A0', ' ')).ToList();
        Assert.Equal(["one two", " threefour"], lines.Take(2));
        Assert.Equal(string.Concat(tokens), string.Concat(lines));
        Assert.All(lines, line => Assert.True(line.Length <= 16));
    }

    [Fact]
    public void Too_many_panels_are_refused() => Assert.Equal(
        "FigureTooLarge",
        Assert.Throws<GptxException>(() => FigureWriter.ToSvg(new Figure("many", [.. Enumerable.Repeat(SampleFigures.Matrix(2, 2, 1), 2000)]))).ErrorId);
}
