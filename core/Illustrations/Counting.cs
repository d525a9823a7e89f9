namespace Gptx.Illustrations;

/// <summary>Blocks and heads in captions: as everywhere here, counted from 0, and as people count, from 1 (Stephen Wolfram's essay on ChatGPT does).</summary>
internal static class Counting
{
    /// <summary>The sentence of a caption that says which blocks, and which heads, and how they are counted.</summary>
    /// <param name="blocks">The blocks, from 0.</param>
    /// <param name="heads">The heads, from 0; none where nothing is said of heads.</param>
    public static string Sentence(IReadOnlyCollection<int> blocks, IReadOnlyCollection<int>? heads = null)
    {
        var fromZero = heads is null ? Name("block", blocks, 0) : $"{Name("block", blocks, 0)}, {Name("head", heads, 0)}";
        var fromOne = heads is null ? Name("block", blocks, 1) : $"{Name("block", blocks, 1)}, {Name("head", heads, 1)}";
        return $"{char.ToUpperInvariant(fromZero[0])}{fromZero[1..]}, counted from 0; counted from 1, as the essay does: {fromOne}.";
    }

    private static string Name(string what, IReadOnlyCollection<int> numbers, int first)
    {
        int[] sorted = [.. numbers.Distinct().Order().Select(number => number + first)];
        return sorted switch
        {
            [var only] => $"{what} {only}",
            [var low, .., var high] when high - low == sorted.Length - 1 => $"{what}s {low} to {high}",
            _ => $"{what}s {string.Join(", ", sorted)}",
        };
    }
}
