namespace Gptx.Embeddings;

/// <summary>
/// Rows of numbers of one width: an array, a file mapped into memory, an embedding matrix. Derive from it where rows come from elsewhere.
/// A table may be read by several threads at a time.
/// </summary>
public abstract class VectorTable
{
    /// <summary>A table of <paramref name="count"/> rows of <paramref name="width"/> numbers.</summary>
    /// <exception cref="GptxException">InvalidArgument, <c>TableShape</c>: the width is below 1 or the count negative.</exception>
    protected VectorTable(int count, int width)
    {
        if (width < 1 || count < 0)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "TableShape", $"a table of {count} rows of width {width} is not allowed");
        }

        Count = count;
        Width = width;
    }

    /// <summary>The number of rows.</summary>
    public int Count { get; }

    /// <summary>The numbers in a row.</summary>
    public int Width { get; }

    /// <summary>Rows one after another in <paramref name="values"/>, not copied.</summary>
    /// <exception cref="GptxException">InvalidArgument, <c>TableShape</c>: the values do not fill whole rows.</exception>
    public static VectorTable FromMemory(ReadOnlyMemory<float> values, int width) => new FloatTable(values, width);

    /// <summary>Rows one after another in half precision, widened when read, not copied.</summary>
    /// <exception cref="GptxException">InvalidArgument, <c>TableShape</c>: the values do not fill whole rows.</exception>
    public static VectorTable FromMemory(ReadOnlyMemory<Half> values, int width) => new HalfTable(values, width);

    /// <summary>A table of <paramref name="rows"/>, which are copied; at least one, all of one width.</summary>
    /// <exception cref="GptxException">InvalidArgument: <c>TableShape</c> without rows, <c>WidthMismatch</c> for rows of different widths.</exception>
    public static VectorTable FromRows(IReadOnlyList<float[]> rows)
    {
        int width = rows.Count > 0 ? rows[0].Length : 0;
        foreach (float[] row in rows)
        {
            VectorChecks.SameWidth(row.Length, width);
        }

        return FromMemory(rows.SelectMany(row => row).ToArray(), width);
    }

    /// <summary>
    /// Row <paramref name="index"/> as <see cref="Width"/> float32 numbers: a view of what is stored, or <paramref name="scratch"/> (at least <see cref="Width"/> long)
    /// with the widened row in it.
    /// </summary>
    public abstract ReadOnlySpan<float> Row(int index, Span<float> scratch);

    /// <summary>A copy of row <paramref name="index"/>.</summary>
    /// <exception cref="GptxException">InvalidArgument, <c>RowOutOfRange</c>: there is no such row.</exception>
    public float[] CopyRow(int index)
    {
        VectorChecks.RowExists(index, Count);
        return Row(index, new float[Width]).ToArray();
    }

    /// <summary>The rows in <paramref name="length"/> values.</summary>
    private protected static int RowsIn(int length, int width) =>
        width > 0 && length % width == 0
            ? length / width
            : throw new GptxException(GptxErrorKind.InvalidArgument, "TableShape", $"{length} numbers do not fill rows of width {width}");
}
