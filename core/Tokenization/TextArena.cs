namespace Gptx.Tokenization;

/// <summary>Memory that rewritten text lies in until its tokens are found, used again for the next text.</summary>
internal sealed class TextArena
{
    // What is larger is not kept for the next text.
    private const int MostKept = 1 << 20;

    private readonly List<char[]> _characters = [];
    private readonly List<TextRange[]> _ranges = [];
    private int _usedCharacters;
    private int _usedRanges;

    /// <summary>Whether rewritten text knows where it came from; ids alone do not need it.</summary>
    public bool KeepsSources { get; set; }

    /// <summary>The steps that patterns may still take on the text.</summary>
    public PatternSteps Steps { get; } = new();

    public char[] Characters(int length) => Room(_characters, _usedCharacters++, length);

    public TextRange[] Ranges(int length) => Room(_ranges, _usedRanges++, length);

    /// <summary>What is handed out from now on, until <see cref="Release"/>, is free again then.</summary>
    public (int Characters, int Ranges) Mark() => (_usedCharacters, _usedRanges);

    public void Release((int Characters, int Ranges) mark) => (_usedCharacters, _usedRanges) = mark;

    /// <summary>Frees all that was handed out, for another text.</summary>
    public void Clear()
    {
        (_usedCharacters, _usedRanges) = (0, 0);
        Steps.Reset();
        _characters.RemoveAll(array => array.Length > MostKept);
        _ranges.RemoveAll(array => array.Length > MostKept);
    }

    private static T[] Room<T>(List<T[]> arrays, int index, int length)
    {
        if (index == arrays.Count)
        {
            arrays.Add(new T[length]);
        }
        else if (arrays[index].Length < length)
        {
            arrays[index] = new T[Math.Max(length, (int)Math.Min(2L * arrays[index].Length, MostKept))];
        }

        return arrays[index];
    }
}
