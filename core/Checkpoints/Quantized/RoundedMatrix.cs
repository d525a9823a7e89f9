using System.Buffers;

namespace Gptx.Checkpoints;

/// <summary>A matrix that is quantized while it is read; one that is stored [in, out] is read as [out, in].</summary>
internal sealed class RoundedMatrix(CheckpointTensor stored, BlockForm form, bool byColumn)
    : QuantizedMatrix(stored.Shape[byColumn ? 1 : 0], (int)stored.Shape[byColumn ? 0 : 1], form)
{
    /// <inheritdoc/>
    public override void Read(long first, int count, BlockRow into)
    {
        var values = ArrayPool<float>.Shared.Rent(count * Columns);
        var own = values.AsSpan(0, count * Columns);
        if (byColumn)
        {
            ReadColumns(first, count, 0, own);
        }
        else
        {
            stored.ReadSingles(first * Columns, own);
        }

        BlockQuantization.Quantize(own, Form, into);
        ArrayPool<float>.Shared.Return(values);
    }

    /// <summary>Rounded values as they are stored: a row, or by column 32 of them from row <paramref name="first"/> on.</summary>
    public void ReadBand(long first, Span<float> band)
    {
        var values = byColumn ? new float[band.Length] : band;
        if (byColumn)
        {
            ReadColumns(0, (int)Rows, first, values);
        }
        else
        {
            stored.ReadSingles(first * Columns, values);
        }

        var blocks = values.Length / BlockForm.Length;
        var parts = new BlockRow(new byte[values.Length], new float[blocks], new float[blocks]);
        BlockQuantization.Quantize(values, Form, parts);
        BlockQuantization.Widen(parts, Form, values);
        for (var i = 0; byColumn && i < band.Length; i++)
        {
            band[i] = values[(i % (int)Rows * BlockForm.Length) + (i / (int)Rows)];
        }
    }

    /// <summary>So many columns of what is stored, from row <paramref name="firstRow"/> on, one after the other.</summary>
    private void ReadColumns(long first, int count, long firstRow, Span<float> values)
    {
        var height = values.Length / count;
        var row = ArrayPool<float>.Shared.Rent(count);
        for (var i = 0; i < height; i++)
        {
            stored.ReadSingles(((firstRow + i) * Rows) + first, row.AsSpan(0, count));
            for (var column = 0; column < count; column++)
            {
                values[(column * height) + i] = row[column];
            }
        }

        ArrayPool<float>.Shared.Return(row);
    }
}
