using System.Runtime.InteropServices;

namespace Gptx.Tokenization;

/// <summary>
/// A stretch of text on its way to tokens: its characters as the stages so far have made them and, for each, the range of the source
/// that it came from. Without ranges, character i came from source unit <c>origin + i</c>.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct AlignedText
{
    private readonly ReadOnlyMemory<char> _characters;
    private readonly ReadOnlyMemory<TextRange> _ranges;
    private readonly int _origin;

    public AlignedText(string source)
        : this(source.AsMemory(), default, 0)
    {
    }

    private AlignedText(ReadOnlyMemory<char> characters, ReadOnlyMemory<TextRange> ranges, int origin)
    {
        _characters = characters;
        _ranges = ranges;
        _origin = origin;
    }

    public int Length => _characters.Length;

    public ReadOnlySpan<char> Span => _characters.Span;

    /// <summary>The source that characters [start, end) came from; the range must not be empty.</summary>
    public TextRange SourceOf(int start, int end)
    {
        if (_ranges.IsEmpty)
        {
            return new TextRange(_origin + start, _origin + end);
        }

        ReadOnlySpan<TextRange> ranges = _ranges.Span;
        return new TextRange(ranges[start].Start, ranges[end - 1].End);
    }

    public AlignedText Slice(int start, int length)
    {
        ReadOnlyMemory<TextRange> ranges = _ranges.IsEmpty ? default : _ranges.Slice(start, length);
        return new AlignedText(_characters.Slice(start, length), ranges, _origin + start);
    }

    /// <summary>Other characters, one for one, with the same source.</summary>
    public AlignedText WithCharacters(ReadOnlyMemory<char> characters) => new(characters, _ranges, _origin);

    /// <summary>Other characters, each with its own source range.</summary>
    public static AlignedText Of(ReadOnlyMemory<char> characters, ReadOnlyMemory<TextRange> ranges) => new(characters, ranges, 0);

    /// <summary>The text with a character before it that shares the source of the first one; the text must not be empty.</summary>
    public AlignedText Prepend(char character)
    {
        int first = char.IsHighSurrogate(Span[0]) ? 2 : 1;
        var characters = new char[Length + 1];
        var ranges = new TextRange[Length + 1];
        characters[0] = character;
        ranges[0] = SourceOf(0, Math.Min(first, Length));
        for (int i = 0; i < Length; i++)
        {
            characters[i + 1] = Span[i];
            ranges[i + 1] = SourceOf(i, i + 1);
        }

        return Of(characters, ranges);
    }

    public override string ToString() => _characters.ToString();
}
