using System.Text;

namespace Gptx.Tokenization;

/// <summary>Places in a piece counted in UTF-8 bytes, turned into UTF-16 units; a place inside a character counts as all of it.</summary>
internal sealed class Utf8Positions
{
    private readonly List<TextRange> _byByte = [];

    public Utf8Positions(ReadOnlySpan<char> piece)
    {
        for (int i = 0, width; i < piece.Length; i += width)
        {
            Rune.DecodeFromUtf16(piece[i..], out Rune rune, out width);
            for (int b = 0; b < rune.Utf8SequenceLength; b++)
            {
                _byByte.Add(new TextRange(i, i + width));
            }
        }
    }

    public (int Start, int End) ToUtf16(int start, int end)
    {
        int last = _byByte.Count - 1;
        return (_byByte[Math.Min(start, last)].Start, _byByte[Math.Clamp(end - 1, 0, last)].End);
    }
}
