using System.Collections;
using System.Globalization;
using System.Text;

namespace Gptx.PowerShell;

/// <summary>How the views of Gptx.format.ps1xml show what PowerShell alone would show badly.</summary>
public static class View
{
    private const int ShownNumbers = 2;
    private const int ShownText = 60;

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

    /// <summary>Dimensions, for example [4, 7, 7].</summary>
    public static string Shape(IEnumerable dimensions) => $"[{string.Join(", ", dimensions.Cast<object>())}]";

    /// <summary>A text on one line, cut where it is long.</summary>
    public static string Line(string? text)
    {
        var line = (text ?? "").ReplaceLineEndings(" ");
        return line.Length <= ShownText ? line : line[..(ShownText - 1)] + "…";
    }
}
