namespace Gptx.Onnx;

/// <summary>Rows of one length run together, without padding, so that each computes what it computes alone, whatever the graph does with a mask.</summary>
internal static class RowGroups
{
    /// <summary>The numbers of the rows of each length.</summary>
    public static IReadOnlyList<int[]> Of(IReadOnlyList<int> lengths) =>
        [.. Enumerable.Range(0, lengths.Count).GroupBy(row => lengths[row]).Select(group => group.ToArray())];
}
