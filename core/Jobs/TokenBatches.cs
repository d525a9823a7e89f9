namespace Gptx.Jobs;

/// <summary>
/// Which rows of a unit are computed together: those of like length, so that little is padded. It depends on the lengths and the size of a batch alone, never on
/// time or threads.
/// </summary>
internal static class TokenBatches
{
    /// <summary>Places of the rows in batches: the longest first, rows of one length in their order.</summary>
    /// <param name="lengths">Tokens of each row.</param>
    /// <param name="mostRows">The most rows of a batch.</param>
    /// <param name="mostTokens">The most tokens of a batch, padding counted; one row alone may have more.</param>
    public static IReadOnlyList<int[]> Of(IReadOnlyList<int> lengths, int mostRows, int mostTokens)
    {
        int[] order = [.. Enumerable.Range(0, lengths.Count).OrderByDescending(row => lengths[row])];
        var batches = new List<int[]>();
        for (var start = 0; start < order.Length;)
        {
            var longest = Math.Max(1, lengths[order[start]]);
            var count = Math.Clamp(mostTokens / longest, 1, mostRows);
            batches.Add(order[start..Math.Min(order.Length, start + count)]);
            start += count;
        }

        return batches;
    }
}
