using Gptx.Projection;

namespace Gptx.Analyses;

/// <summary>
/// Draws some of many things that come one after another, each set of so many as likely as any other: those with the smallest of random numbers, one a thing, that depend on the seed and its place
/// alone. What was drawn is in the order in which it came.
/// </summary>
/// <param name="size">How many are drawn.</param>
/// <param name="seed">The seed.</param>
internal sealed class RowSample<T>(int size, ulong seed)
{
    private readonly CountedRandom _random = new(seed);
    private readonly PriorityQueue<(long Place, T Item), ulong> _drawn = new(Comparer<ulong>.Create((a, b) => b.CompareTo(a)));

    /// <summary>How many came.</summary>
    public long Count { get; private set; }

    /// <summary>Looks at the next one.</summary>
    /// <param name="item">Makes it, if it is drawn.</param>
    public void Offer(Func<T> item)
    {
        var number = _random.Bits((ulong)Count);
        if (_drawn.Count < size)
        {
            _drawn.Enqueue((Count, item()), number);
        }
        else if (_drawn.TryPeek(out _, out var largest) && number < largest)
        {
            _drawn.EnqueueDequeue((Count, item()), number);
        }

        Count++;
    }

    /// <summary>What was drawn.</summary>
    public IReadOnlyList<T> Drawn() => [.. _drawn.UnorderedItems.OrderBy(drawn => drawn.Element.Place).Select(drawn => drawn.Element.Item)];
}
