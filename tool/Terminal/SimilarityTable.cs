using Gptx.Embeddings;

namespace Gptx.Tool.Terminal;

/// <summary>Similarities for a person: one number for a pair, a matrix for more.</summary>
internal static class SimilarityTable
{
    private const int WidthOfNumber = 9;

    public static void Show(Screen screen, IReadOnlyList<VectorSimilarity> pairs)
    {
        if (pairs is [var only])
        {
            screen.Line(Readable.Short(only.Score));
            return;
        }

        var texts = new SortedDictionary<int, string>();
        var scores = new Dictionary<(int, int), double>();
        foreach (var pair in pairs)
        {
            texts[pair.Index] = pair.Text;
            texts[pair.OtherIndex] = pair.Other;
            scores[(pair.Index, pair.OtherIndex)] = scores[(pair.OtherIndex, pair.Index)] = pair.Score;
        }

        if ((texts.Count * WidthOfNumber) + 20 > screen.Width)
        {
            ShowPairs(screen, pairs);
            return;
        }

        screen.Table(
            ["", .. texts.Values.Select(text => ">" + Label(text, WidthOfNumber - 2))],
            texts.Select(row => (string[])
            [
                Label(row.Value, 20),
                .. texts.Keys.Select(column => column == row.Key ? "" : Readable.Short(scores[(row.Key, column)])),
            ]));
    }

    private static void ShowPairs(Screen screen, IReadOnlyList<VectorSimilarity> pairs) => screen.Table(
        ["text", "other", $">{Output.JsonValue.CamelCase(pairs[0].Metric)}"],
        pairs.Select(pair => (string[])[Label(pair.Text, 28), Label(pair.Other, 28), Readable.Short(pair.Score)]));

    private static string Label(string text, int most) => VisibleText.Shorten(VisibleText.OneLine(text), most);
}
