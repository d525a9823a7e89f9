using System.Globalization;
using System.Text;

namespace Gptx.Tokenization;

/// <summary><c>Digits</c>: numbers of all kinds are pieces, each for itself or in runs; so is what lies between.</summary>
internal sealed class DigitsPreTokenizer : IPreTokenizer
{
    private readonly bool _individual;

    public DigitsPreTokenizer(bool individual)
    {
        _individual = individual;
    }

    public bool IsLocal => true;

    public void Split(AlignedText section, PieceSink pieces)
    {
        ReadOnlySpan<char> text = section.Span;
        int start = 0;
        bool isNumber = false;
        for (int i = 0, width; i < text.Length; i += width)
        {
            bool isNext = IsNumber(text, i, out width);
            if (i > start && (isNext != isNumber || (isNext && _individual)))
            {
                pieces.Add(section.Slice(start, i - start));
                start = i;
            }

            isNumber = isNext;
        }

        pieces.Add(section.Slice(start, text.Length - start));
    }

    private static bool IsNumber(ReadOnlySpan<char> text, int index, out int width)
    {
        char unit = text[index];
        width = 1;
        if (unit < 0x80)
        {
            return char.IsAsciiDigit(unit);
        }

        if (char.IsSurrogate(unit))
        {
            Rune.DecodeFromUtf16(text[index..], out Rune rune, out width);
            return Rune.IsNumber(rune);
        }

        return CharUnicodeInfo.GetUnicodeCategory(unit)
            is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;
    }
}
