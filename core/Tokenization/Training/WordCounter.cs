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
    private readonly TextArena _arena;
    private readonly PieceCount _pieces;

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
        _arena = new TextArena { KeepsSources = _preTokenizer?.ReadsSources == true };
        _pieces = new PieceCount(_words);
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
        var section = new AlignedText(text, 0, _arena);
        if (_normalizer is not null)
        {
            section = _normalizer.Normalize(section);
        }

        _pieces.Times = count;
        if (section.Length > 0 && _preTokenizer is not null)
        {
            _preTokenizer.Split(section, _pieces);
        }
        else if (section.Length > 0)
        {
            _pieces.Add(section);
        }

        _arena.Clear();
        if (_words.Count >= MostHeld)
        {
            FlushWords();
        }
    }

    private static void Increase(Dictionary<string, long> counts, ReadOnlySpan<char> text, long count) =>
        CollectionsMarshal.GetValueRefOrAddDefault(counts.GetAlternateLookup<ReadOnlySpan<char>>(), text, out _) += count;

    private sealed class PieceCount(Dictionary<string, long> words) : PieceSink
    {
        public long Times { get; set; }

        public override void Add(AlignedText piece) => Increase(words, piece.Span, Times);
    }
}
