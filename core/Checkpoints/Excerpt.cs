using System.Globalization;
using System.Text;

namespace Gptx.Checkpoints;

/// <summary>Text out of a file as an error message may show it: in quotes, on one line, shortened, nothing in it that a terminal obeys.</summary>
internal static class Excerpt
{
    private const int LongestShown = 80;

    /// <summary>The text in double quotes; control and invisible characters as \u and four hexadecimal digits, the middle of a long text left out.</summary>
    public static string Of(string text)
    {
        var shown = new StringBuilder("\"");
        if (text.Length <= LongestShown)
        {
            AppendEscaped(shown, text);
        }
        else
        {
            AppendEscaped(shown, text.AsSpan(0, LongestShown / 2));
            shown.Append("...");
            AppendEscaped(shown, text.AsSpan(text.Length - (LongestShown / 2)));
        }

        return shown.Append('"').ToString();
    }

    private static void AppendEscaped(StringBuilder shown, ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            var whole = Rune.DecodeFromUtf16(text, out var rune, out var length) == System.Buffers.OperationStatus.Done;
            if (whole && IsHarmless(rune))
            {
                shown.Append(text[..length]);
            }
            else
            {
                foreach (var unit in text[..length])
                {
                    shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:X4}");
                }
            }

            text = text[length..];
        }
    }

    private static bool IsHarmless(Rune rune) => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
