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

    public void Split(AlignedText section, List<AlignedText> pieces)
    {
        AlignedText text = _addPrefixSpace && section.Span[0] != ' ' ? section.Prepend(' ') : section;
        if (Ascii.IsValid(text.Span))
        {
            SplitAscii(text, pieces);
        }
        else
        {
            SplitUnicode(text, pieces);
        }
    }

    // One byte a character: the characters change, their source does not.
    private void SplitAscii(AlignedText text, List<AlignedText> pieces)
    {
        ReadOnlySpan<char> characters = text.Span;
        var bytes = new char[characters.Length];
        for (int i = 0; i < characters.Length; i++)
        {
            bytes[i] = ByteAlphabet.CharacterOf((byte)characters[i]);
        }

        AlignedText all = text.WithCharacters(bytes);
        for (int start = 0, length; start < bytes.Length; start += length)
        {
            length = PieceAt(characters[start..]);
            pieces.Add(all.Slice(start, length));
        }
    }

    private void SplitUnicode(AlignedText text, List<AlignedText> pieces)
    {
        ReadOnlySpan<char> characters = text.Span;
        int size = Encoding.UTF8.GetByteCount(characters);
        var bytes = new char[size];
        var ranges = new TextRange[size];
        AlignedText all = AlignedText.Of(bytes, ranges);
        int written = 0;
        for (int start = 0, length; start < characters.Length; start += length)
        {
            length = PieceAt(characters[start..]);
            int begin = written;
            for (int i = start; i < start + length;)
            {
                i += WriteBytes(text, i, bytes, ranges, ref written);
            }

            pieces.Add(all.Slice(begin, written - begin));
        }
    }

    // Each byte of a character has the whole character as its source.
    private static int WriteBytes(AlignedText text, int index, char[] bytes, TextRange[] ranges, ref int written)
    {
        Span<byte> utf8 = stackalloc byte[4];
        Rune.DecodeFromUtf16(text.Span[index..], out Rune rune, out int width);
        TextRange source = text.SourceOf(index, index + width);
        foreach (byte value in utf8[..rune.EncodeToUtf8(utf8)])
        {
            bytes[written] = ByteAlphabet.CharacterOf(value);
            ranges[written++] = source;
        }

        return width;
    }

    private int PieceAt(ReadOnlySpan<char> rest) => _useRegex ? Gpt2Splitter.FirstPiece(rest) : rest.Length;
}
