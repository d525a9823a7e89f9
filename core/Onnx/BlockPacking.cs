using System.Buffers;
using Gptx.Checkpoints;
using Gptx.Graphs.Lowering;

namespace Gptx.Onnx;

/// <summary>Writes the parts of a quantized matrix as ONNX Runtime's operators read them, on all processors.</summary>
internal static class BlockPacking
{
    /// <summary>Elements that one processor takes at a time.</summary>
    private const int Stretch = 1 << 17;

    /// <summary>Writes one part.</summary>
    public static void Fill(QuantizedMatrix matrix, BlockPart part, NativeBlock target)
    {
        var height = (int)Math.Clamp(Stretch / matrix.Columns, 1, matrix.Rows);
        Parallel.For(0L, (matrix.Rows + height - 1) / height, band =>
        {
            var first = band * height;
            Fill(matrix, part, first, (int)Math.Min(height, matrix.Rows - first), target);
        });
    }

    private static void Fill(QuantizedMatrix matrix, BlockPart part, long first, int count, NativeBlock target)
    {
        var blocks = matrix.Blocks;
        var wantsQuants = part is BlockPart.Quants or BlockPart.Table or BlockPart.HalfQuants;
        var quants = ArrayPool<byte>.Shared.Rent(count * matrix.Columns);
        var numbers = ArrayPool<float>.Shared.Rent(2 * count * blocks);
        var own = new BlockRow(
            wantsQuants ? quants.AsSpan(0, count * matrix.Columns) : [],
            numbers.AsSpan(0, count * blocks),
            numbers.AsSpan(count * blocks, count * blocks));
        matrix.Read(first, count, own);
        for (var row = 0; row < count; row++)
        {
            Write(matrix.Form, part, own.Slice(row * blocks, blocks), first + row, matrix.Rows, target);
        }

        ArrayPool<float>.Shared.Return(numbers);
        ArrayPool<byte>.Shared.Return(quants);
    }

    private static void Write(BlockForm form, BlockPart part, BlockRow row, long index, long rows, NativeBlock target)
    {
        var (blocks, columns) = (row.Scales.Length, row.Quants.Length);
        switch (part)
        {
            case BlockPart.Quants or BlockPart.Table when form.Bits == 4:
                Nibbles.Pack(row.Quants, target.Slice<byte>(index * columns / 2, columns / 2));
                break;
            case BlockPart.Quants or BlockPart.Table:
                row.Quants.CopyTo(target.Slice<byte>(index * columns, columns));
                break;
            case BlockPart.Scales:
                row.Scales.CopyTo(target.Slice<float>(index * blocks, blocks));
                break;
            case BlockPart.ZeroPoints:
                WriteZeroPoints(row.Offsets, target.Slice<byte>(index * ((blocks + 1) / 2), (blocks + 1) / 2));
                break;
            case BlockPart.Minima:
                for (var block = 0; block < blocks; block++)
                {
                    target.Slice<float>((block * rows) + index, 1)[0] = row.Offsets[block] + (form.Middle * row.Scales[block]);
                }

                break;
            case BlockPart.HalfQuants:
                WriteHalves(row.Quants, target.Slice<byte>(index * columns, columns));
                break;
            case BlockPart.HalfScales:
                var scales = target.Slice<float>(index * 2 * blocks, 2 * blocks);
                System.Numerics.Tensors.TensorPrimitives.Multiply(row.Scales, 16, scales[..blocks]);
                row.Scales.CopyTo(scales[blocks..]);
                break;
            default:
                WriteHalfZeroPoints(blocks, target.Slice<byte>(index * blocks, blocks));
                break;
        }
    }

    private static void WriteZeroPoints(ReadOnlySpan<float> offsets, Span<byte> packed)
    {
        packed.Clear();
        for (var block = 0; block < offsets.Length; block++)
        {
            packed[block / 2] |= (byte)((int)offsets[block] << (block % 2 * 4));
        }
    }

    /// <summary>The upper halves of all integers of a row, then the lower ones, two in a byte.</summary>
    private static void WriteHalves(ReadOnlySpan<byte> quants, Span<byte> packed)
    {
        var halves = ArrayPool<byte>.Shared.Rent(quants.Length);
        var half = halves.AsSpan(0, quants.Length);
        Nibbles.High(quants, half);
        Nibbles.Pack(half, packed[..(quants.Length / 2)]);
        Nibbles.Low(quants, half);
        Nibbles.Pack(half, packed[(quants.Length / 2)..]);
        ArrayPool<byte>.Shared.Return(halves);
    }

    /// <summary>Two in a byte: 8 for each block of upper halves, 0 for each of lower ones.</summary>
    private static void WriteHalfZeroPoints(int blocks, Span<byte> packed)
    {
        packed.Clear();
        for (var block = 0; block < blocks; block++)
        {
            packed[block / 2] |= (byte)(8 << (block % 2 * 4));
        }
    }
}
