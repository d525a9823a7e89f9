using System.Runtime.InteropServices;

namespace Gptx.Tokenization.Training;

/// <summary>
/// One thread's share of counting: cuts texts into words as the tokenizer will, and counts them in a table of its own. Where nothing reaches
/// over a space, what stands between spaces is counted first and cut once however often it stands there.
/// </summary>
internal sealed class WordCounter
{
    private const int MostHeld = 1 << 16;
    private readonly INormalizer? _normalizer;
    private readonly IPreTokenizer? _preTokenizer;
    private readonly bool _spacesSeparate;
    private readonly WordCounts _total;
    private readonly Dictionary<string, long> _uncut = [];
    private readonly Dictionary<string, long> _words = [];
    private readonly List<AlignedText> _pieces = [];

    /// <summary>Begins to count.</summary>
    /// <param name="blueprint">How texts are cut.</param>
    /// <param name="total">Takes the counts.</param>
    public WordCounter(TokenizerBlueprint blueprint, WordCounts total)
        : this(blueprint, total, blueprint.SpacesSeparate)
    {
    }

    internal WordCounter(TokenizerBlueprint blueprint, WordCounts total, bool spacesSeparate)
    {
        _normalizer = blueprint.Normalizer;
        _preTokenizer = blueprint.PreTokenizer;
        _spacesSeparate = spacesSeparate;
        _total = total;
    }

    /// <summary>Counts the words of a text.</summary>
    public void Count(string text)
    {
        string wellFormed = WellFormedText.Of(text);
        if (!_spacesSeparate)
        {
            Cut(wellFormed, 1);
            return;
        }

        foreach (Range range in wellFormed.AsSpan().Split(' '))
        {
            Increase(_uncut, wellFormed.AsSpan()[range], 1);
            if (_uncut.Count >= MostHeld)
            {
                CutAll();
            }
        }
    }

    /// <summary>Hands on what was counted. The tables stay small, however many threads and words there are.</summary>
    public void Flush()
    {
        CutAll();
        FlushWords();
    }

    private void CutAll()
    {
        foreach ((string text, long count) in _uncut)
        {
            Cut(text, count);
        }

        _uncut.Clear();
    }

    private void FlushWords()
    {
        _total.Add(_words);
        _words.Clear();
    }

    private void Cut(string text, long count)
    {
        var section = new AlignedText(text);
        section = _normalizer?.Normalize(section) ?? section;
        if (section.Length == 0)
        {
            return;
        }

        _pieces.Clear();
        if (_preTokenizer is null)
        {
            _pieces.Add(section);
        }
        else
        {
            _preTokenizer.Split(section, _pieces);
        }

        foreach (AlignedText piece in _pieces)
        {
            Increase(_words, piece.Span, count);
        }

        if (_words.Count >= MostHeld)
        {
            FlushWords();
        }
    }

    private static void Increase(Dictionary<string, long> counts, ReadOnlySpan<char> text, long count) =>
        CollectionsMarshal.GetValueRefOrAddDefault(counts.GetAlternateLookup<ReadOnlySpan<char>>(), text, out _) += count;
}
