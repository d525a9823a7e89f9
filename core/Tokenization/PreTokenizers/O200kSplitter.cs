using System.Globalization;
using System.Text;

namespace Gptx.Tokenization;

/// <summary>
/// GPT-4o's split as a scanner over code points. A word is one character that is no newline, letter or number, then upper case, then
/// lower case, then a contraction, where letters without case and marks count as both:
/// <c>[^\r\n\p{L}\p{N}]?U*L+C?|[^\r\n\p{L}\p{N}]?U+L*C?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+</c>.
/// </summary>
internal readonly struct O200kSplitter : IPieceScanner
{
    private const byte Upper = 1;
    private const byte Lower = 2;

    private static readonly byte[] Cases = MakeCases();

    public int FirstPiece(ReadOnlySpan<char> text)
    {
        CharacterKind kind = CharacterKinds.At(text, 0, out int width);
        if (kind == CharacterKind.Number)
        {
            return Cl100kSplitter.EndOfNumber(text, 3);
        }

        bool hasFirst = kind != CharacterKind.Letter && text[0] is not ('\r' or '\n');
        if ((hasFirst && TryWordWithLower(text, width, out int end))
            || TryWordWithLower(text, 0, out end)
            || (hasFirst && TryUpper(text, width, out end))
            || TryUpper(text, 0, out end))
        {
            return end + Cl100kSplitter.Contraction(text[end..]);
        }

        return Cl100kSplitter.EndOfSignsOrSpace(text, kind, width, slashes: true);
    }

    // U*L+: as much upper case as there is; where no lower case follows, back to the last character that counts as both.
    private static bool TryWordWithLower(ReadOnlySpan<char> text, int from, out int end)
    {
        end = 0;
        int at = from;
        for (; CaseAt(text, at, out int width) is var found && (found & Upper) != 0; at += width)
        {
            end = (found & Lower) != 0 ? at + width : end;
        }

        int lower = EndOfRun(text, at, Lower);
        end = lower > at ? lower : end;
        return end > 0;
    }

    private static bool TryUpper(ReadOnlySpan<char> text, int from, out int end)
    {
        end = EndOfRun(text, from, Upper);
        return end > from;
    }

    private static int EndOfRun(ReadOnlySpan<char> text, int from, byte wanted)
    {
        while ((CaseAt(text, from, out int width) & wanted) != 0)
        {
            from += width;
        }

        return from;
    }

    private static int CaseAt(ReadOnlySpan<char> text, int index, out int width)
    {
        width = 1;
        if (index >= text.Length)
        {
            return 0;
        }

        if (!char.IsSurrogate(text[index]))
        {
            return Cases[text[index]];
        }

        Rune.DecodeFromUtf16(text[index..], out Rune rune, out width);
        return CaseOf(Rune.GetUnicodeCategory(rune));
    }

    private static byte CaseOf(UnicodeCategory category) => category switch
    {
        UnicodeCategory.UppercaseLetter or UnicodeCategory.TitlecaseLetter => Upper,
        UnicodeCategory.LowercaseLetter => Lower,
        UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.NonSpacingMark
            or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark => Upper | Lower,
        _ => 0,
    };

    private static byte[] MakeCases()
    {
        var cases = new byte[0x10000];
        for (int value = 0; value < cases.Length; value++)
        {
            cases[value] = CaseOf(CharUnicodeInfo.GetUnicodeCategory((char)value));
        }

        return cases;
    }
}
