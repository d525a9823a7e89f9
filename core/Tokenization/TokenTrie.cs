using System.Buffers;

namespace Gptx.Tokenization;

/// <summary>Finds added tokens in a text: leftmost, then longest, one after the other.</summary>
internal sealed class TokenTrie
{
    private readonly Dictionary<(int Node, char Next), int> _edges = [];
    private readonly List<AddedToken?> _ends = [null];
    private readonly SearchValues<char> _firsts;

    public TokenTrie(IEnumerable<(string Text, AddedToken Token)> tokens)
    {
        var firsts = new HashSet<char>();
        foreach ((string text, AddedToken token) in tokens.Where(token => token.Text.Length > 0))
        {
            firsts.Add(text[0]);
            int node = 0;
            foreach (char unit in text)
            {
                node = Child(node, unit);
            }

            _ends[node] = token;
        }

        _firsts = SearchValues.Create([.. firsts]);
    }

    /// <summary>The first match that begins at <paramref name="from"/> or later.</summary>
    public bool TryFind(ReadOnlySpan<char> text, int from, out TextRange match, out AddedToken? token)
    {
        while (from < text.Length)
        {
            int skip = text[from..].IndexOfAny(_firsts);
            if (skip < 0)
            {
                break;
            }

            from += skip;
            if (LongestAt(text[from..], out int length) is { } found)
            {
                match = new TextRange(from, from + length);
                token = found;
                return true;
            }

            from++;
        }

        match = default;
        token = null;
        return false;
    }

    private AddedToken? LongestAt(ReadOnlySpan<char> text, out int length)
    {
        AddedToken? longest = null;
        length = 0;
        int node = 0;
        for (int i = 0; i < text.Length && _edges.TryGetValue((node, text[i]), out node); i++)
        {
            if (_ends[node] is { } token)
            {
                longest = token;
                length = i + 1;
            }
        }

        return longest;
    }

    private int Child(int node, char next)
    {
        if (!_edges.TryGetValue((node, next), out int child))
        {
            child = _ends.Count;
            _ends.Add(null);
            _edges.Add((node, next), child);
        }

        return child;
    }
}
