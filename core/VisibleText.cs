using System.Globalization;
using System.Text;

namespace Gptx;

/// <summary>
/// Text as a person can see it: control characters are spelled out, so that none moves the cursor, breaks a line or turns the direction of what
/// stands beside it.
/// </summary>
public static class VisibleText
{
    /// <summary>A token or a short text for a table or a figure: its spaces, line ends and tabs are seen.</summary>
    public static string OfToken(string text) => Spell(text, character => character switch
    {
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        ' ' => "·",
        _ => null,
    });

    /// <summary>A message: one line, whatever is in it.</summary>
    public static string OneLine(string text) => Spell(text, character => character is '\n' or '\r' or '\t' ? " " : null);

    /// <summary>Running text: line ends and tabs stay.</summary>
    public static string Running(string text) => Spell(text, character => character is '\n' or '\t' ? $"{character}" : null);

    /// <summary>At most so many UTF-16 units, the last an ellipsis where something was cut off; no character is cut in two.</summary>
    public static string Shorten(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        var kept = char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1;
        return string.Concat(text.AsSpan(0, kept), "…");
    }

    private static string Spell(string text, Func<char, string?> known)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (char.IsHighSurrogate(character) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                result.Append(character).Append(text[++i]);
            }
            else if (known(character) is { } spelled)
            {
                result.Append(spelled);
            }
            else if (char.IsControl(character))
            {
                result.Append(CultureInfo.InvariantCulture, $"\\x{(int)character:x2}");
            }
            else if (TurnsDirection(character))
            {
                result.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            }
            else
            {
                result.Append(char.IsSurrogate(character) || character is '\uFFFE' or '\uFFFF' ? '\uFFFD' : character);
            }
        }

        return result.ToString();
    }

    // Marks, embeddings, overrides and isolates of the bidirectional algorithm; line and paragraph separators.
    private static bool TurnsDirection(char character) =>
        character is '\u061C' or '\u200E' or '\u200F' or (>= '\u2028' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
