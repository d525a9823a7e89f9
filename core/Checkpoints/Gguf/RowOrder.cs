namespace Gptx.Checkpoints;

/// <summary>Rows were stored in another order.</summary>
/// <param name="rowInFile">For a row as it was before, the row that holds it in the file.</param>
/// <param name="key">What tells this order from others; null where nothing does.</param>
internal sealed class RowOrder(Func<long, long> rowInFile, string? key = null) : TensorChange
{
    /// <inheritdoc/>
    public override string? Key => key;

    /// <summary>
    /// llama.cpp turns neighbouring numbers of a head as pairs, transformers a number and the one half a head further: so the rows of the halves
    /// of each head are stored in turns. Undone here (convert_hf_to_gguf.py, permute).
    /// </summary>
    /// <param name="headWidth">Rows of a head.</param>
    public static RowOrder OfRotaryPairs(int headWidth) => new(row =>
    {
        var (inHead, half) = (row % headWidth, headWidth / 2);
        return row - inHead + (2 * (inHead % half)) + (inHead / half);
    }, $"rotary pairs of {headWidth}");

    /// <inheritdoc/>
    public override QuantizedMatrix? Blocks(CheckpointTensor stored, bool asColumns) => asColumns ? null : StoredMatrix.Of(stored, rowInFile);

    /// <inheritdoc/>
    public override void Read(CheckpointTensor stored, long first, Span<float> values)
    {
        var width = stored.Shape is [_, var columns] ? columns : 1;
        while (!values.IsEmpty)
        {
            var (row, column) = (first / width, first % width);
            var count = (int)Math.Min(width - column, values.Length);
            stored.ReadSingles((rowInFile(row) * width) + column, values[..count]);
            values = values[count..];
            first += count;
        }
    }
}
