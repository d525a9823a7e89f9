using System.Text;

namespace Gptx.Tokenization;

/// <summary>Splits as GPT-2 does and writes each piece's UTF-8 bytes in GPT-2's byte alphabet, so that no character is unknown.</summary>
internal sealed class ByteLevelPreTokenizer : IPreTokenizer
{
    private readonly bool _addPrefixSpace;
    private readonly bool _useRegex;

    /// <summary>Makes a pre-tokenizer.</summary>
    /// <param name="addPrefixSpace">Whether each section that does not begin with a space is given one.</param>
    /// <param name="useRegex">Whether to split at all; where another pre-tokenizer has split before, not.</param>
    public ByteLevelPreTokenizer(bool addPrefixSpace, bool useRegex)
    {
        _addPrefixSpace = addPrefixSpace;
        _useRegex = useRegex;
    }

    /// <summary>What it does before it writes bytes; null: nothing. As the last step of all it leaves the bytes to <see cref="PieceEncoder"/>.</summary>
    public IPreTokenizer? WithoutBytes()
    {
        IPreTokenizer? split = _useRegex ? new ScannerPreTokenizer<Gpt2Splitter>(default) : null;
        return _addPrefixSpace ? new PrefixSpace(split) : split;
    }

    public void Split(AlignedText section, PieceSink pieces)
    {
        AlignedText text = _addPrefixSpace && section.Span[0] != ' ' ? section.Prepend(' ') : section;
        for (int start = 0, length; start < text.Length; start += length)
        {
            ReadOnlySpan<char> rest = text.Span[start..];
            length = _useRegex ? Gpt2Splitter.FirstPiece(rest) : rest.Length;
            (int Characters, int Ranges) mark = text.Arena?.Mark() ?? default;
            pieces.Add(InBytes(text.Slice(start, length)));
            text.Arena?.Release(mark);
        }
    }

    // Each byte of a character has the whole character as its source.
    private static AlignedText InBytes(AlignedText piece)
    {
        var rewriter = new TextRewriter(piece);
        Span<byte> utf8 = stackalloc byte[4];
        foreach (Rune rune in piece.Span.EnumerateRunes())
        {
            rewriter.Drop();
            foreach (byte value in utf8[..rune.EncodeToUtf8(utf8)])
            {
                rewriter.InsertUnit(ByteAlphabet.CharacterOf(value));
            }
        }

        return rewriter.ToText();
    }

    private sealed class PrefixSpace(IPreTokenizer? split) : IPreTokenizer
    {
        public bool BeginsPieceAt(char character) => character == ' ' && split?.BeginsPieceAt(character) == true;

        public void Split(AlignedText section, PieceSink pieces)
        {
            (int Characters, int Ranges) mark = section.Arena?.Mark() ?? default;
            AlignedText text = section.Span[0] != ' ' ? section.Prepend(' ') : section;
            if (split is null)
            {
                pieces.Add(text);
            }
            else
            {
                split.Split(text, pieces);
            }

            section.Arena?.Release(mark);
        }
    }
}
