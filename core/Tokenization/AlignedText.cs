namespace Gptx.Tokenization;

/// <summary>
/// A stretch of text on its way to tokens: its characters as the stages so far have made them and, for each, the range of the source
/// that it came from. Without ranges, character i came from source unit <c>origin + i</c>.
/// </summary>
internal readonly ref struct AlignedText
{
    private readonly ReadOnlySpan<TextRange> _ranges;
    private readonly int _origin;

    /// <summary>The source itself.</summary>
    /// <param name="source">The characters.</param>
    /// <param name="origin">Where they begin in the source.</param>
    /// <param name="arena">Where stages that rewrite the text write to; null: each into memory of its own.</param>
    public AlignedText(ReadOnlySpan<char> source, int origin = 0, TextArena? arena = null)
        : this(source, default, origin, arena)
    {
    }

    private AlignedText(ReadOnlySpan<char> characters, ReadOnlySpan<TextRange> ranges, int origin, TextArena? arena)
    {
        Span = characters;
        _ranges = ranges;
        _origin = origin;
        Arena = arena;
    }

    public int Length => Span.Length;

    public ReadOnlySpan<char> Span { get; }

    public TextArena? Arena { get; }

    /// <summary>Whether rewritten text knows where it came from; false where only ids are wanted.</summary>
    public bool KeepsSources => Arena is null || Arena.KeepsSources;

    /// <summary>The source that characters [start, end) came from; the range must not be empty. Means nothing where sources are not kept.</summary>
    public TextRange SourceOf(int start, int end)
    {
        return _ranges.IsEmpty
            ? new TextRange(_origin + start, _origin + end)
            : new TextRange(_ranges[start].Start, _ranges[end - 1].End);
    }

    public AlignedText Slice(int start, int length) =>
        new(Span.Slice(start, length), _ranges.IsEmpty ? default : _ranges.Slice(start, length), _origin + start, Arena);

    /// <summary>Other characters, one for one, with the same source.</summary>
    public AlignedText WithCharacters(ReadOnlySpan<char> characters) => new(characters, _ranges, _origin, Arena);

    /// <summary>Other characters, each with its own source range; no ranges where sources are not kept.</summary>
    public AlignedText Rewritten(ReadOnlySpan<char> characters, ReadOnlySpan<TextRange> ranges) => new(characters, ranges, 0, Arena);

    /// <summary>Room for so many characters, until the arena is cleared.</summary>
    public char[] CharacterRoom(int length) => Arena?.Characters(length) ?? new char[length];

    /// <summary>Room for so many ranges, until the arena is cleared.</summary>
    public TextRange[] RangeRoom(int length) => !KeepsSources ? [] : Arena?.Ranges(length) ?? new TextRange[length];

    /// <summary>The text with a character before it that shares the source of the first one; the text must not be empty.</summary>
    public AlignedText Prepend(char character)
    {
        int first = char.IsHighSurrogate(Span[0]) ? 2 : 1;
        char[] characters = CharacterRoom(Length + 1);
        characters[0] = character;
        Span.CopyTo(characters.AsSpan(1));
        TextRange[] ranges = RangeRoom(Length + 1);
        if (KeepsSources)
        {
            ranges[0] = SourceOf(0, Math.Min(first, Length));
            CopySources(0, Length, ranges.AsSpan(1));
        }

        return Rewritten(characters.AsSpan(0, Length + 1), KeepsSources ? ranges.AsSpan(0, Length + 1) : default);
    }

    /// <summary>Writes each unit's source.</summary>
    public void CopySources(int start, int end, Span<TextRange> into)
    {
        if (!_ranges.IsEmpty)
        {
            _ranges[start..end].CopyTo(into);
            return;
        }

        for (int i = start; i < end; i++)
        {
            into[i - start] = new TextRange(_origin + i, _origin + i + 1);
        }
    }

    public override string ToString() => Span.ToString();
}
