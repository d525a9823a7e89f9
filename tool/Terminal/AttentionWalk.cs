using System.Globalization;
using Gptx.Interpretation;

namespace Gptx.Tool.Terminal;

/// <summary>One head at work, told step by step from one position.</summary>
internal static class AttentionWalk
{
    public static void Show(Screen screen, AttentionExplanation explained, int position)
    {
        var query = position < 0 ? explained.Tokens.Count + position : position;
        var width = explained.Queries[0].Length;
        screen.Heading($"block {explained.Block}, head {explained.Head}: {explained.Text}");
        screen.Line($"Each token has a query (what it looks for), a key (what it can be found by) and a value (what it tells), {width} numbers each{(explained.IsRotated ? ", queries and keys turned by their positions" : "")}.");
        screen.Table(
            [">position", "token", "query", "key", "value"],
            explained.Tokens.Select((token, place) => (string[])
            [
                $"{place}", VisibleText.OfToken(token), Vector(explained.Queries[place]), Vector(explained.Keys[place]), Vector(explained.Values[place]),
            ]));
        screen.Line($"Now {VisibleText.OfToken(explained.Tokens[query])} (position {query}) looks. Its query times each key, times {Number(explained.Scale)}{Scale(explained, width)}{(explained.SoftCap is { } cap ? $", bent to stay below {Number(cap)}" : "")}, is the score;");
        screen.Line($"what it must not see{(explained.Window is { } window ? $" (tokens after it, and more than {window - 1} before)" : " (tokens after it)")} gets minus infinity; the softmax makes shares of the scores.");
        screen.Table(
            [">position", "token", ">query · key", ">score", ">exp(score - largest)", ">share", ""],
            explained.Tokens.Select((token, key) => (string[])
            [
                $"{key}",
                VisibleText.OfToken(token),
                Readable.Rough(explained.Products[query][key]),
                float.IsFinite(explained.Scores[query][key]) ? Readable.Rough(explained.Scores[query][key]) : "masked",
                Readable.Rough(Math.Exp(explained.Scores[query][key] - explained.Scores[query].Max())),
                Readable.Percent(explained.Pattern[query][key]),
                Readable.Bar(explained.Pattern[query][key], Math.Max(8, screen.Width - 84)),
            ]));
        screen.Line("The sum of the values, each times its share, is what the head gathers (z):");
        screen.Line($"  {Vector(explained.Z[query], 8)}");
        screen.Line();
    }

    private static string Scale(AttentionExplanation explained, int width) =>
        Math.Abs(explained.Scale - (1 / Math.Sqrt(width))) < 1e-6 ? string.Create(CultureInfo.InvariantCulture, $" (1 / sqrt({width}))") : "";

    private static string Number(double number) => number.ToString("0.####", CultureInfo.InvariantCulture);

    private static string Vector(float[] vector, int most = 3) =>
        string.Join(' ', vector.Take(most).Select(number => number.ToString("0.00", CultureInfo.InvariantCulture))) + (vector.Length > most ? " …" : "");
}
