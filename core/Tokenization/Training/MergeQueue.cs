using System.Diagnostics.CodeAnalysis;

namespace Gptx.Tokenization.Training;

/// <summary>A pair that may be merged next: how often it was seen when it was queued, and the words it came up in.</summary>
internal sealed record MergeCandidate(TokenPair Pair, long Count, List<int> Words);

/// <summary>Candidates, the most frequent first; of equals the pair with the lower ids. The order of the reference's heap.</summary>
internal sealed class MergeQueue
{
    private readonly PriorityQueue<MergeCandidate, MergeCandidate> _queue = new(Comparer<MergeCandidate>.Create(Compare));

    public void Add(MergeCandidate candidate) => _queue.Enqueue(candidate, candidate);

    public bool TryTake([NotNullWhen(true)] out MergeCandidate? candidate) => _queue.TryDequeue(out candidate, out _);

    // A count below zero (of a pair that only came up where it was too long to be counted) is a very large one in the reference.
    private static int Compare(MergeCandidate one, MergeCandidate other)
    {
        int byCount = unchecked((ulong)other.Count).CompareTo(unchecked((ulong)one.Count));
        int byLeft = byCount != 0 ? byCount : one.Pair.Left.CompareTo(other.Pair.Left);
        return byLeft != 0 ? byLeft : one.Pair.Right.CompareTo(other.Pair.Right);
    }
}
