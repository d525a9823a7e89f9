using System.Buffers;

namespace Gptx.Checkpoints;

/// <summary>A matrix [rows, columns] was stored as [columns, rows].</summary>
internal sealed class Transposition : TensorChange
{
    /// <summary>Elements of a band of rows that is turned round at a time.</summary>
    private const int MostInBand = 1 << 20;

    /// <inheritdoc/>
    public override QuantizedMatrix? Blocks(CheckpointTensor stored, bool asColumns) => asColumns ? StoredMatrix.Of(stored) : null;

    /// <inheritdoc/>
    public override string Key => "transposed";

    /// <inheritdoc/>
    public override void Read(CheckpointTensor stored, long first, Span<float> values)
    {
        var (columns, rows) = (stored.Shape[0], stored.Shape[1]);
        var height = (int)Math.Clamp(MostInBand / columns, 1, 256);
        var band = ArrayPool<float>.Shared.Rent(checked((int)(height * columns)));
        while (!values.IsEmpty)
        {
            var row = first / columns;
            var count = (int)Math.Min(height, rows - row);
            Fill(stored, row, band.AsSpan(0, (int)(count * columns)));
            var part = band.AsSpan((int)(first % columns), (int)Math.Min(values.Length, (count * columns) - (first % columns)));
            part.CopyTo(values);
            values = values[part.Length..];
            first += part.Length;
        }

        ArrayPool<float>.Shared.Return(band);
    }

    /// <summary>Rows [first, first + count) of the matrix as it was: a stretch of each row in the file.</summary>
    private static void Fill(CheckpointTensor stored, long first, Span<float> band)
    {
        var (columns, rows) = ((int)stored.Shape[0], stored.Shape[1]);
        var column = new float[band.Length / columns];
        for (var i = 0; i < columns; i++)
        {
            stored.ReadSingles((i * rows) + first, column);
            for (var row = 0; row < column.Length; row++)
            {
                band[(row * columns) + i] = column[row];
            }
        }
    }
}
