using Gptx.Inference;
using Gptx.Interpretation;
using Spectre.Console;

namespace Gptx.Tool.Terminal;

/// <summary>
/// Attention maps for a person: a row a token that looks (the query), a column a token that is looked at (the key), the darker or, in
/// colour, the brighter the more.
/// </summary>
internal static class AttentionPicture
{
    private const string Shades = " ░▒▓█";
    private const int LabelWidth = 16;

    public static void Show(Screen screen, IReadOnlyList<AttentionMap> maps)
    {
        foreach (var map in maps)
        {
            screen.Heading($"block {map.Block} ({Ordinal(map.Block + 1)} of the model), head {map.Head}: {map.Text}");
            Show(screen, map.Tokens, map.Pattern);
            screen.Line();
        }
    }

    public static void Show(Screen screen, IReadOnlyList<AttentionRollout> rollouts)
    {
        foreach (var rollout in rollouts)
        {
            screen.Heading($"rollout through blocks 0 to {rollout.Block}: {rollout.Text}");
            Show(screen, rollout.Tokens, rollout.Pattern);
            screen.Line();
        }
    }

    private static void Show(Screen screen, IReadOnlyList<string> tokens, float[][] pattern)
    {
        var room = screen.Width - LabelWidth - 1;
        var cell = Math.Clamp(room / tokens.Count, 1, 3);
        var shown = Math.Min(tokens.Count, room / cell);
        screen.Line(new string(' ', LabelWidth) + string.Concat(Enumerable.Range(0, shown).Select(key => ColumnLabel(key, cell))));
        for (var query = 0; query < shown; query++)
        {
            var row = new Paragraph(Label(query, tokens[query]));
            for (var key = 0; key < shown; key++)
            {
                row.Append(Cell(screen, key <= query ? pattern[query][key] : 0, cell), Colour(screen, pattern[query][key]));
            }

            screen.Draw(row);
            screen.Line();
        }

        if (shown < tokens.Count)
        {
            screen.Line($"({tokens.Count - shown} more tokens do not fit; --json or --csv has them all)");
        }
    }

    private static string Ordinal(int number) => number + (number % 100 is >= 11 and <= 13 ? "th" : (number % 10) switch { 1 => "st", 2 => "nd", 3 => "rd", _ => "th" });

    private static string Label(int position, string token) =>
        VisibleText.Shorten($"{position,3} {VisibleText.OfToken(token)}", LabelWidth - 1).PadRight(LabelWidth);

    private static string ColumnLabel(int key, int width) => width switch
    {
        1 => $"{key % 10}",
        _ => $"{key % 100}".PadLeft(width),
    };

    private static string Cell(Screen screen, float weight, int width) =>
        screen.HasColour ? new string(' ', width) : new string(Shades[(int)Math.Round(Math.Clamp(weight, 0, 1) * (Shades.Length - 1))], width);

    // From the terminal's own background to a bright yellow: black, purple, orange, yellow.
    private static Style Colour(Screen screen, float weight)
    {
        if (!screen.HasColour || weight < 0.005f)
        {
            return Style.Plain;
        }

        var share = MathF.Sqrt(Math.Clamp(weight, 0, 1));
        return new Style(background: share < 0.5f ? Blend((30, 10, 60), (190, 50, 90), share * 2) : Blend((190, 50, 90), (252, 230, 90), (share * 2) - 1));
    }

    private static Color Blend((int R, int G, int B) from, (int R, int G, int B) to, float share)
    {
        byte Mix(int a, int b) => (byte)(a + (share * (b - a)));
        return new Color(Mix(from.R, to.R), Mix(from.G, to.G), Mix(from.B, to.B));
    }
}
