using System.Runtime.InteropServices;

namespace Gptx.Tokenization;

/// <summary>Tokens and their scores, walked character by character: all tokens that a text begins with are found in one pass.</summary>
internal sealed class ScoreTrie
{
    private readonly Dictionary<(int Node, char Unit), int> _children = [];
    private readonly List<double?> _scores = [null];

    /// <summary>The lowest score of all; infinite where there is none.</summary>
    public double Lowest { get; private set; } = double.PositiveInfinity;

    /// <summary>Adds a token. One that was there already gets the new score.</summary>
    public void Add(ReadOnlySpan<char> token, double score)
    {
        Lowest = Math.Min(Lowest, score);
        int node = 0;
        foreach (char unit in token)
        {
            if (!_children.TryGetValue((node, unit), out int child))
            {
                child = _scores.Count;
                _children[(node, unit)] = child;
                _scores.Add(null);
            }

            node = child;
        }

        _scores[node] = score;
    }

    public Walk Begin() => new(this);

    /// <summary>A way down the trie.</summary>
    [StructLayout(LayoutKind.Auto)]
    public struct Walk(ScoreTrie trie)
    {
        private int _node;

        /// <summary>The score of the token that ends here; null where none does.</summary>
        public readonly double? Score => trie._scores[_node];

        /// <summary>Goes on by one unit; false where no token does.</summary>
        public bool Step(char unit) => trie._children.TryGetValue((_node, unit), out _node);
    }
}
