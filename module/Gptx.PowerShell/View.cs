using System.Collections;
using System.Globalization;
using System.Text;

namespace Gptx.PowerShell;

/// <summary>How the views of Gptx.format.ps1xml show what PowerShell alone would show badly.</summary>
public static class View
{
    private const int ShownNumbers = 2;
    private const int ShownText = 60;
    private const int MostCells = 32;
    private const string Shades = "·░▒▓█";

    /// <summary>A token with its spaces visible as ·, and line ends and the like as escapes.</summary>
    public static string Token(string? token)
    {
        var shown = new StringBuilder();
        foreach (var character in token ?? "")
        {
            shown.Append(character switch
            {
                ' ' => "·",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                _ when char.IsControl(character) => $"\\u{(int)character:x4}",
                _ => $"{character}",
            });
        }

        return shown.ToString();
    }

    /// <summary>Several tokens, one after another, with a bar between them.</summary>
    public static string Tokens(IEnumerable<string> tokens) => string.Join('|', tokens.Select(Token));

    /// <summary>The first numbers of a vector and how many there are, for example [-0.061, 0.021, … 256].</summary>
    public static string Vector(IReadOnlyList<float> vector)
    {
        var numbers = vector.Take(ShownNumbers).Select(number => number.ToString("0.000", CultureInfo.InvariantCulture));
        return vector.Count <= ShownNumbers ? $"[{string.Join(", ", numbers)}]" : $"[{string.Join(", ", numbers)}, … {vector.Count}]";
    }

    /// <summary>Bytes as people read them, for example 269.1 MB.</summary>
    public static string Size(long bytes) => Checkpoints.Hub.ByteSize.Text(bytes);

    /// <summary>Dimensions, for example [4, 7, 7].</summary>
    public static string Shape(IEnumerable dimensions) => $"[{string.Join(", ", dimensions.Cast<object>())}]";

    /// <summary>A text on one line, cut where it is long.</summary>
    public static string Line(string? text)
    {
        var line = (text ?? "").ReplaceLineEndings(" ");
        return line.Length <= ShownText ? line : line[..(ShownText - 1)] + "…";
    }

    /// <summary>The groups that changed most, for example +33.3 %: rain fell on the sea.</summary>
    public static string Changes(IEnumerable<Analyses.DriftGroup> groups) => Line(string.Join("; ", groups.Take(2).Select(group =>
        string.Create(CultureInfo.InvariantCulture, $"{100 * group.Change:+0.0;-0.0;0.0} %: {group.Texts.FirstOrDefault() ?? $"{group.RowIds.FirstOrDefault()}"}"))));

    /// <summary>An attention pattern as a small map: a row a query, with the token that looks behind it; the darker, the more.</summary>
    /// <param name="pattern">[query][key], each row sums to 1.</param>
    /// <param name="tokens">The texts of the tokens.</param>
    public static string Map(IReadOnlyList<float[]> pattern, IReadOnlyList<string> tokens)
    {
        var keys = pattern.Count == 0 ? 0 : Math.Min(pattern[0].Length, MostCells);
        var rows = pattern.Take(MostCells).Select((row, query) => string.Concat(row.Take(keys).Select(Shade)) + "  " + Token(tokens[query]));
        return string.Join('\n', pattern.Count > MostCells ? rows.Append($"… {pattern.Count} tokens") : rows);
    }

    /// <summary>A text in one of three colours by how much there is of something; plain where there is little.</summary>
    /// <param name="text">The text.</param>
    /// <param name="amount">How much; null for nobody knows.</param>
    /// <param name="some">From here on it is in the first colour.</param>
    /// <param name="much">From here on it is in the second.</param>
    /// <param name="colours">Escape sequences of both, and the one that ends them: of $PSStyle, which knows whether colours are wanted.</param>
    public static string Heat(string text, double? amount, double some, double much, params string[] colours) =>
        amount >= much ? colours[1] + text + colours[2] : amount >= some ? colours[0] + text + colours[2] : text;

    private static string Shade(float weight) => new(Shades[Math.Clamp((int)(weight * Shades.Length), 0, Shades.Length - 1)], 2);
}
