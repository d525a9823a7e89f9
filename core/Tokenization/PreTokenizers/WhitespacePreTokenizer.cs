using System.Text;

namespace Gptx.Tokenization;

/// <summary><c>Whitespace</c>: words and runs of signs, <c>\w+|[^\w\s]+</c>; white space vanishes.</summary>
internal sealed class WhitespacePreTokenizer : IPreTokenizer
{
    private enum Kind
    {
        Space,
        Word,
        Sign,
    }

    public bool BeginsPieceAt(char character) => true;

    public void Split(AlignedText section, PieceSink pieces)
    {
        int start = 0;
        int at = 0;
        Kind current = Kind.Space;
        foreach (Rune rune in section.Span.EnumerateRunes())
        {
            Kind kind = rune.Value is >= 'a' and <= 'z' ? Kind.Word : CharacterClasses.IsWord(rune) ? Kind.Word : Rune.IsWhiteSpace(rune) ? Kind.Space : Kind.Sign;
            if (kind != current)
            {
                Add(section, pieces, current, start, at);
                (current, start) = (kind, at);
            }

            at += rune.Utf16SequenceLength;
        }

        Add(section, pieces, current, start, at);
    }

    private static void Add(AlignedText section, PieceSink pieces, Kind kind, int from, int to)
    {
        if (kind != Kind.Space && from < to)
        {
            pieces.Add(section.Slice(from, to - from));
        }
    }
}
