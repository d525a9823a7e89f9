using Gptx.Figures;

namespace Gptx.Tests.Figures;

/// <summary>A figure of each kind, of made-up numbers that are the same everywhere.</summary>
internal static class SampleFigures
{
    private static readonly string[] Words =
    [
        "cat", "dog", "horse", "cow", "lion", "tiger", "bread", "butter", "cheese", "apple", "pear", "plum", "king", "queen", "prince", "princess", "castle", "tower",
    ];

    public static IReadOnlyDictionary<string, Figure> All { get; } = new Dictionary<string, Figure>(StringComparer.Ordinal)
    {
        ["scatter"] = Scatter(Words),
        ["cloud"] = Cloud(Words),
        ["heatmap"] = Heatmap(["The", "·king", "·rode", "·out", "."]),
        ["grid"] = new Figure("Four maps", [.. Enumerable.Range(0, 4).Select(head => Matrix(6, 6, head) with { Title = $"head {head}" })]) { Columns = 2, Caption = "A caption." },
        ["image"] = Figure.Of("A large matrix", Matrix(90, 70, 1)),
        ["texts"] = Figure.Of("Cells with texts", Matrix(3, 4, 2) with { LargestCell = 70, CellHeight = 20, CellTexts = [.. Enumerable.Range(0, 3).Select(row => (string[])[.. Words.Skip(4 * row).Take(4)])] }),
        ["bars"] = Figure.Of("Bars", new BarChart([.. Words.Take(6).Select((word, index) => new LabelledBar(word, 3 - index, $"{3 - index}", index))]) { ValueTitle = "value" }),
        ["histogram"] = Figure.Of("A histogram", new Plot(new Axis("value"), new Axis("count"), [Histogram.Of(Numbers(2000, 3), 24)])),
        ["lines"] = Figure.Of("Two lines on logarithmic axes", Lines()),
        ["arrows"] = Figure.Of("Arrows", Arrows()),
        ["text"] = Text(Words),
        ["turns"] = Figure.Of("Tokens", new ColouredText([.. Words.Select(word => new TextPiece($" {word}") { IsToken = true }), new TextPiece("\n\nnext line") { IsToken = true }])),
    };

    public static Figure Scatter(IReadOnlyList<string> words) => Figure.Of(
        "Words in a plane",
        new Plot(
            new Axis { HasNoTicks = true },
            new Axis { HasNoTicks = true },
            [new Scatter([.. words.Select((word, index) => new PlotPoint(Wave(index, 1), Wave(index, 2), word, index / 6))])])
        { Groups = ["animals", "food", "people"] },
        "Near points are alike.");

    public static Figure Cloud(IReadOnlyList<string> words) => Figure.Of(
        "Words in space", new PointCloud([.. words.Select((word, index) => new SpacePoint(Wave(index, 1), Wave(index, 2), Wave(index, 3), word, index / 6))]) { Groups = ["animals", "food", "people"] });

    public static Figure Heatmap(IReadOnlyList<string> labels) => Figure.Of(
        "One map",
        new Heatmap(
            [.. labels.Select((_, row) => (IReadOnlyList<float>)[.. labels.Select((_, column) => column > row ? float.NaN : 1f / (1 + row))])],
            new ColourScale(ColourMap.Viridis, 0, 1, "attention") { Exponent = 0.5 })
        {
            RowLabels = labels,
            ColumnLabels = labels,
            RowTitle = "query",
            ColumnTitle = "key",
        });

    public static Figure Text(IReadOnlyList<string> words) => Figure.Of(
        "Coloured text",
        new ColouredText([.. words.Select((word, index) => new TextPiece($" {word}", index == 0 ? null : index, "a note") { IsToken = true })])
        {
            Scale = new ColourScale(ColourMap.Magma.Reversed, 0, 18, "surprisal (nats)"),
            Width = 300,
        });

    public static Heatmap Matrix(int rows, int columns, int seed) => new(
        [.. Enumerable.Range(0, rows).Select(row => (IReadOnlyList<float>)[.. Enumerable.Range(0, columns).Select(column => (float)Wave((row * columns) + column, seed))])],
        new ColourScale(ColourMap.Diverging, -1, 1, "weight"));

    private static Plot Lines() => new(
        new Axis("rank") { Scale = AxisScale.Logarithmic },
        new Axis("probability") { Scale = AxisScale.Logarithmic },
        [
            new Line([.. Enumerable.Range(1, 200).Select(rank => new PlotPoint(rank, 0.5 / rank))], "first"),
            new Line([.. Enumerable.Range(1, 200).Select(rank => new PlotPoint(rank, 0.2 / Math.Sqrt(rank)))], "second", 1),
        ]);

    private static Plot Arrows() => new(
        new Axis("x"),
        new Axis("y"),
        [
            new Arrows([new Arrow(0, 0, 1, 2), new Arrow(3, 0, 4, 2, IsGuess: true)]),
            new Scatter([new PlotPoint(0, 0, "man"), new PlotPoint(1, 2, "woman"), new PlotPoint(3, 0, "king"), new PlotPoint(4, 2, "queen")]),
        ]);

    private static IEnumerable<float> Numbers(int count, int seed) => Enumerable.Range(0, count).Select(index => (float)(Wave(index, seed) + Wave(index, seed + 1) + Wave(index, seed + 2)));

    // Between -1 and 1, without the library's sine, whose last digit differs from machine to machine.
    private static double Wave(int index, int seed)
    {
        var number = (index * 97L) + (seed * 1013L) + 5;
        return (number * number * number % 2003 / 1001.5) - 1;
    }
}
