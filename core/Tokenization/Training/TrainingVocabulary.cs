using System.Text;

namespace Gptx.Tokenization.Training;

/// <summary>The tokens learnt so far, in the order of their ids: special tokens, the alphabet, then one for each merge.</summary>
internal sealed class TrainingVocabulary
{
    private readonly List<string> _tokens = [];
    private readonly Dictionary<string, int> _ids = [];

    public int Count => _tokens.Count;

    public IReadOnlyList<string> Tokens => _tokens;

    public string this[int id] => _tokens[id];

    /// <summary>The id of a token, which is added where it is new.</summary>
    public int IdOf(string token)
    {
        if (!_ids.TryGetValue(token, out int id))
        {
            id = _tokens.Count;
            _tokens.Add(token);
            _ids.Add(token, id);
        }

        return id;
    }

    public bool Contains(string token) => _ids.ContainsKey(token);

    /// <summary>Adds the characters of words and of an initial alphabet, by code point; where there are too many, the rarest are left out.</summary>
    public void AddAlphabet(IReadOnlyList<WordCount> words, string initial, int? limit)
    {
        var counts = new Dictionary<Rune, long>();
        foreach ((string word, long count) in words)
        {
            foreach (Rune character in word.EnumerateRunes())
            {
                counts[character] = counts.GetValueOrDefault(character) + count;
            }
        }

        foreach (Rune character in initial.EnumerateRunes())
        {
            counts[character] = long.MaxValue;
        }

        IEnumerable<KeyValuePair<Rune, long>> kept = counts;
        if (limit < counts.Count)
        {
            kept = counts.OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key).Take(limit.Value);
        }

        foreach (Rune character in kept.Select(entry => entry.Key).Order())
        {
            IdOf(character.ToString());
        }
    }
}
