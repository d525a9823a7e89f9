using System.Globalization;
using System.Text;

namespace Gptx.Tool.Terminal;

/// <summary>Text as a person can see it: control characters are spelled out, so that none moves the cursor or breaks a line.</summary>
internal static class VisibleText
{
    /// <summary>A token or a short text for a table: its spaces, line ends and tabs are seen.</summary>
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

    /// <summary>Running text for a terminal: line ends and tabs stay.</summary>
    public static string Running(string text) => Spell(text, character => character is '\n' or '\t' ? $"{character}" : null);

    /// <summary>At most so many characters, the last an ellipsis where something was cut off.</summary>
    public static string Shorten(string text, int most) => text.Length <= most ? text : string.Concat(text.AsSpan(0, most - 1), "…");

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
            else
            {
                result.Append(char.IsSurrogate(character) ? '\uFFFD' : character);
            }
        }

        return result.ToString();
    }
}
