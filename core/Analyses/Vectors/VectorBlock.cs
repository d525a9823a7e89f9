using Gptx.Embeddings;

namespace Gptx.Analyses;

/// <summary>Rows of vectors that follow each other, as many as are held at a time. What is in it is valid until the next block is asked for.</summary>
/// <param name="Labels">What each row is called.</param>
/// <param name="Values">The numbers, [rows, width].</param>
/// <param name="Width">The numbers of a row.</param>
public sealed record VectorBlock(IReadOnlyList<RowLabel> Labels, ReadOnlyMemory<float> Values, int Width)
{
    /// <summary>The rows.</summary>
    public int Count => Labels.Count;

    /// <summary>How much of the source has been read when this block is there, 0 to 1; null where nobody knows.</summary>
    public double? Share { get; init; }

    /// <summary>The vectors as a table.</summary>
    public VectorTable Table => VectorTable.FromMemory(Values, Width);

    /// <summary>The vector of a row.</summary>
    public ReadOnlySpan<float> Row(int row) => Values.Span.Slice(row * Width, Width);
}
