using System.Runtime.InteropServices;

namespace Gptx.Tokenization.Training;

/// <summary>A word and how often it was seen.</summary>
internal readonly record struct WordCount(string Word, long Count);

/// <summary>Counts of distinct words. Threads count into tables of their own and add them here, whichever comes first: sums do not care.</summary>
internal sealed class WordCounts
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _counts = [];

    /// <summary>Adds the counts of a table.</summary>
    public void Add(Dictionary<string, long> counts)
    {
        lock (_lock)
        {
            foreach ((string word, long count) in counts)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(_counts, word, out _) += count;
            }
        }
    }

    /// <summary>The words in ordinal order, so that nothing depends on who counted what.</summary>
    public List<WordCount> Ordered()
    {
        var words = new List<WordCount>(_counts.Count);
        foreach ((string word, long count) in _counts)
        {
            words.Add(new WordCount(word, count));
        }

        words.Sort((one, other) => string.CompareOrdinal(one.Word, other.Word));
        return words;
    }
}
