using System.Globalization;
using System.Text;

namespace Gptx.Tokenization;

/// <summary>What lies between white space: <c>WhitespaceSplit</c>; with each sign of punctuation for itself <c>BertPreTokenizer</c>.</summary>
internal sealed class WordPreTokenizer : IPreTokenizer
{
    private readonly bool _isolatesPunctuation;

    public WordPreTokenizer(bool isolatesPunctuation)
    {
        _isolatesPunctuation = isolatesPunctuation;
    }

    private enum Kind
    {
        Word,
        Space,
        Sign,
    }

    public bool BeginsPieceAt(char character) => _isolatesPunctuation || char.IsWhiteSpace(character);

    public void Split(AlignedText section, PieceSink pieces)
    {
        ReadOnlySpan<char> text = section.Span;
        int start = 0;
        for (int i = 0, width; i < text.Length; i += width)
        {
            Kind kind = KindAt(text, i, out width);
            if (kind == Kind.Word || (kind == Kind.Sign && !_isolatesPunctuation))
            {
                continue;
            }

            if (i > start)
            {
                pieces.Add(section.Slice(start, i - start));
            }

            if (kind == Kind.Sign)
            {
                pieces.Add(section.Slice(i, width));
            }

            start = i + width;
        }

        if (start < text.Length)
        {
            pieces.Add(section.Slice(start, text.Length - start));
        }
    }

    private static Kind KindAt(ReadOnlySpan<char> text, int index, out int width)
    {
        char unit = text[index];
        width = 1;
        if (unit < 0x80)
        {
            return char.IsAsciiLetterOrDigit(unit) ? Kind.Word
                : unit is ' ' or (>= '\t' and <= '\r') ? Kind.Space
                : unit is > ' ' and < '\x7F' ? Kind.Sign
                : Kind.Word;
        }

        if (char.IsSurrogate(unit))
        {
            Rune.DecodeFromUtf16(text[index..], out Rune rune, out width);
            return CharacterSplits.IsPunctuation(rune) ? Kind.Sign : Kind.Word;
        }

        if (char.IsWhiteSpace(unit))
        {
            return Kind.Space;
        }

        return CharUnicodeInfo.GetUnicodeCategory(unit) is >= UnicodeCategory.ConnectorPunctuation and <= UnicodeCategory.OtherPunctuation
            ? Kind.Sign
            : Kind.Word;
    }
}
