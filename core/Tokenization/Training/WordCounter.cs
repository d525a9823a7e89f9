using System.Runtime.InteropServices;

namespace Gptx.Tokenization.Training;

/// <summary>One thread's share of counting: cuts texts into words as the tokenizer will, and counts them in a table of its own.</summary>
internal sealed class WordCounter
{
    private const int MostHeld = 1 << 16;
    private readonly INormalizer? _normalizer;
    private readonly IPreTokenizer? _preTokenizer;
    private readonly WordCounts _total;
    private readonly Dictionary<string, long> _counts = [];
    private readonly Dictionary<string, long>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly List<AlignedText> _pieces = [];

    public WordCounter(INormalizer? normalizer, IPreTokenizer? preTokenizer, WordCounts total)
    {
        _normalizer = normalizer;
        _preTokenizer = preTokenizer;
        _total = total;
        _lookup = _counts.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Counts the words of a text.</summary>
    public void Count(string text)
    {
        var section = new AlignedText(WellFormedText.Of(text));
        section = _normalizer?.Normalize(section) ?? section;
        if (section.Length == 0)
        {
            return;
        }

        if (_preTokenizer is null)
        {
            Count(section.Span);
            return;
        }

        _pieces.Clear();
        _preTokenizer.Split(section, _pieces);
        foreach (AlignedText piece in _pieces)
        {
            Count(piece.Span);
        }
    }

    /// <summary>Hands on what was counted. The table stays small, however many threads and words there are.</summary>
    public void Flush()
    {
        _total.Add(_counts);
        _counts.Clear();
    }

    private void Count(ReadOnlySpan<char> word)
    {
        CollectionsMarshal.GetValueRefOrAddDefault(_lookup, word, out bool exists)++;
        if (!exists && _counts.Count >= MostHeld)
        {
            Flush();
        }
    }
}
