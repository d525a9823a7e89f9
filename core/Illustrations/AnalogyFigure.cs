using Gptx.Embeddings;
using Gptx.Figures;

namespace Gptx.Illustrations;

/// <summary>An analogy as arrows: from man to woman, and the same way from king; near its end lies queen.</summary>
public static class AnalogyFigure
{
    private const int MostFound = 5;

    /// <summary>
    /// The figure of a - b + c: an arrow from b to c, a dashed one of the same step from a, and the words that were found. Other sums, and several, are
    /// bars (<see cref="SimilarityFigure"/>).
    /// </summary>
    /// <param name="found">What was found, the nearest first.</param>
    /// <param name="table">The words and their vectors.</param>
    public static Figure Of(IReadOnlyList<NearWord> found, IWordTable table) =>
        found.All(near => near.Index == found[0].Index) && WordAnalogy.Parse(found[0].Text) is ([var start, var to], [var from])
            ? Arrows(start, from, to, found, table)
            : SimilarityFigure.Of(found);

    private static Figure Arrows(string start, string from, string to, IReadOnlyList<NearWord> found, IWordTable table)
    {
        string[] words = [start, from, to, .. found.Take(MostFound).Select(near => near.Word).Except([start, from, to])];
        float[][] vectors = [.. words.Select(word => UnitVector.Of(table.OfWord(word).Vector))];
        float[] landing = [.. vectors[0].Select((number, at) => number - vectors[1][at] + vectors[2][at])];
        var plane = GroupFigure.PlaneOf([.. vectors, landing]);
        PlotPoint[] points = [.. words.Select((word, index) => new PlotPoint(plane[index][0], plane[index][1], word, index < 3 ? 0 : 2))];
        Arrow Between(int first, int second, bool isGuess) => new(plane[first][0], plane[first][1], plane[second][0], plane[second][1], isGuess);
        return Figure.Of(
            $"{start} - {from} + {to}",
            new Plot(
                new Axis { HasNoTicks = true },
                new Axis { HasNoTicks = true },
                [new Arrows([Between(1, 2, isGuess: false), Between(0, plane.Length - 1, isGuess: true)]), new Scatter(points)])
            {
                Groups = ["given", "step", "found"],
                Width = 760,
                Height = 460,
            },
            $"The arrow from {from} to {to}, and the same step from {start} (dashed): nearest to its end is {found[0].Word} ({found[0].Score:0.000}). "
            + $"Laid out by the first two principal components of these vectors. Model: {VisibleText.OneLine(found[0].Model)}.");
    }
}
