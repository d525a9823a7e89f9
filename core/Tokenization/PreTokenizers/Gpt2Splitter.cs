using System.Globalization;
using System.Text;

namespace Gptx.Tokenization;

/// <summary>
/// GPT-2's split, <c>'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+</c>, as a scanner over code points.
/// </summary>
internal static class Gpt2Splitter
{
    private enum Kind
    {
        Letter,
        Number,
        Space,
        Other,
    }

    /// <summary>The length of the first piece of a text that is not empty, in UTF-16 units.</summary>
    public static int FirstPiece(ReadOnlySpan<char> text)
    {
        if (text[0] == '\'' && Contraction(text) is > 0 and int contraction)
        {
            return contraction;
        }

        Kind first = KindAt(text, 0, out int width);
        if (first != Kind.Space)
        {
            return RunOf(first, text, width);
        }

        // One space belongs to the word, number or signs behind it.
        if (text[0] == ' ' && text.Length > 1 && KindAt(text, 1, out width) is not Kind.Space and Kind second)
        {
            return RunOf(second, text, 1 + width);
        }

        // Of white space before something else, the last character is left for it; at the end of the text nothing is.
        int run = RunOf(Kind.Space, text, width);
        return run == text.Length || run == 1 ? run : run - 1;
    }

    private static int Contraction(ReadOnlySpan<char> text)
    {
        if (text.Length < 2)
        {
            return 0;
        }

        char next = text[1];
        if (next is 's' or 't' or 'm' or 'd')
        {
            return 2;
        }

        bool two = text.Length > 2 && (next, text[2]) is ('r', 'e') or ('v', 'e') or ('l', 'l');
        return two ? 3 : 0;
    }

    private static int RunOf(Kind kind, ReadOnlySpan<char> text, int from)
    {
        while (from < text.Length && KindAt(text, from, out int width) == kind)
        {
            from += width;
        }

        return from;
    }

    private static Kind KindAt(ReadOnlySpan<char> text, int index, out int width)
    {
        char unit = text[index];
        width = 1;
        if (unit < 0x80)
        {
            return char.IsAsciiLetter(unit) ? Kind.Letter
                : char.IsAsciiDigit(unit) ? Kind.Number
                : unit is ' ' or (>= '\t' and <= '\r') ? Kind.Space
                : Kind.Other;
        }

        Rune.DecodeFromUtf16(text[index..], out Rune rune, out width);
        if (Rune.IsWhiteSpace(rune))
        {
            return Kind.Space;
        }

        return Rune.GetUnicodeCategory(rune) switch
        {
            <= UnicodeCategory.OtherLetter => Kind.Letter,
            UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => Kind.Number,
            _ => Kind.Other,
        };
    }
}
