using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Gptx.Checkpoints;

/// <summary>
/// 8 bits, one scale for 32: value = scale * q. A block: the scale (float16), 32 signed bytes.
/// </summary>
internal static class Q8_0
{
    private const int Elements = 32;
    private const int Bytes = 34;

    /// <summary>Widens whole blocks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Widen(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        for (; blocks.Length >= Bytes; blocks = blocks[Bytes..], values = values[Elements..])
        {
            var scale = BlockBytes.Half(blocks, 0);
            var quants = MemoryMarshal.Cast<byte, sbyte>(blocks.Slice(2, Elements));
            for (var i = 0; i < quants.Length; i++)
            {
                values[i] = scale * quants[i];
            }
        }
    }

    /// <summary>Takes whole blocks apart; signed integers become unsigned ones around 128.</summary>
    public static void Unpack(ReadOnlySpan<byte> blocks, BlockRow into)
    {
        for (var block = 0; blocks.Length >= Bytes; blocks = blocks[Bytes..], block++)
        {
            into.Set(block, BlockBytes.Half(blocks, 0));
            var quants = into.QuantsOf(block);
            if (!quants.IsEmpty)
            {
                TensorPrimitives.Xor(blocks.Slice(2, Elements), (byte)0x80, quants);
            }
        }
    }
}
