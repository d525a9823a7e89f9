using System.Buffers;

namespace Gptx.Checkpoints;

/// <summary>Every element is rounded to what its block of 32 can say when it is quantized while it is read.</summary>
/// <param name="form">How blocks are kept.</param>
/// <param name="byColumn">Whether blocks run down columns: a matrix that is stored [in, out].</param>
internal sealed class BlockRounding(BlockForm form, bool byColumn) : TensorChange
{
    /// <summary>Whether a tensor can be cut into blocks.</summary>
    public static bool Fits(CheckpointTensor tensor, bool byColumn) =>
        tensor.Shape is [> 0 and <= QuantizedMatrix.MostColumns, > 0 and <= QuantizedMatrix.MostColumns] && tensor.Shape[byColumn ? 0 : 1] % BlockForm.Length == 0;

    /// <inheritdoc/>
    public override QuantizedMatrix? Blocks(CheckpointTensor stored, bool asColumns) => asColumns == byColumn ? new RoundedMatrix(stored, form, byColumn) : null;

    /// <inheritdoc/>
    public override void Read(CheckpointTensor stored, long first, Span<float> values)
    {
        var width = (int)stored.Shape[1];
        var matrix = new RoundedMatrix(stored, form, byColumn);
        var height = byColumn ? BlockForm.Length : 1;
        var band = ArrayPool<float>.Shared.Rent(height * width);
        while (!values.IsEmpty)
        {
            var row = first / width / height * height;
            var inBand = (int)(first - (row * width));
            matrix.ReadBand(row, band.AsSpan(0, height * width));
            var count = Math.Min(values.Length, (height * width) - inBand);
            band.AsSpan(inBand, count).CopyTo(values);
            values = values[count..];
            first += count;
        }

        ArrayPool<float>.Shared.Return(band);
    }
}
