using System.Runtime.InteropServices;

namespace Gptx.Tokenization.Training;

/// <summary>How often each pair stands in the words, kept up with each merge; and the words in which pairs have newly come up.</summary>
internal sealed class PairChanges(WordSymbols words)
{
    private readonly Dictionary<TokenPair, Pair> _pairs = [];
    private readonly List<(TokenPair Tokens, Pair Pair)> _new = [];

    /// <summary>How often a pair stands in the words. Of the pair merged last it is the number before, as in the reference.</summary>
    public long CountOf(TokenPair pair) => _pairs[pair].Count;

    public void Gone(int word, TokenPair tokens) => PairOf(tokens).Count -= words.CountOf(word);

    /// <summary>A pair has come up in a word; words must be given in ascending order, so that each is noted once.</summary>
    public void Come(int word, TokenPair tokens)
    {
        Pair pair = PairOf(tokens);
        pair.Count += words.CountOf(word);
        if (pair.Words is null)
        {
            pair.Words = [word];
            _new.Add((tokens, pair));
        }
        else if (pair.Words[^1] != word)
        {
            pair.Words.Add(word);
        }
    }

    /// <summary>Hands the pairs that have come up since the last time to the queue, with the words they came up in.</summary>
    public void MoveTo(MergeQueue queue)
    {
        foreach ((TokenPair tokens, Pair pair) in _new)
        {
            if (pair.Count > 0)
            {
                queue.Add(new MergeCandidate(tokens, pair.Count, pair.Words!));
            }

            pair.Words = null;
        }

        _new.Clear();
    }

    private Pair PairOf(TokenPair tokens) => CollectionsMarshal.GetValueRefOrAddDefault(_pairs, tokens, out _) ??= new Pair();

    private sealed class Pair
    {
        public long Count { get; set; }

        public List<int>? Words { get; set; }
    }
}
