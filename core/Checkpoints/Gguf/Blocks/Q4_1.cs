using System.Runtime.CompilerServices;

namespace Gptx.Checkpoints;

/// <summary>
/// 4 bits, scale and minimum for 32: value = scale * q + minimum. A block: scale, minimum (float16), 16 bytes; the low halves are elements 0 to
/// 15, the high halves 16 to 31.
/// </summary>
internal static class Q4_1
{
    private const int Elements = 32;
    private const int Bytes = 20;

    /// <summary>Widens whole blocks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Widen(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        for (; blocks.Length >= Bytes; blocks = blocks[Bytes..], values = values[Elements..])
        {
            var (scale, minimum) = (BlockBytes.Half(blocks, 0), BlockBytes.Half(blocks, 2));
            var quants = blocks.Slice(4, 16);
            var low = values[..16];
            var high = values.Slice(16, 16);
            for (var i = 0; i < 16; i++)
            {
                low[i] = (scale * (quants[i] & 0xF)) + minimum;
                high[i] = (scale * (quants[i] >> 4)) + minimum;
            }
        }
    }

    /// <summary>Takes whole blocks apart.</summary>
    public static void Unpack(ReadOnlySpan<byte> blocks, BlockRow into)
    {
        for (var block = 0; blocks.Length >= Bytes; blocks = blocks[Bytes..], block++)
        {
            into.Set(block, BlockBytes.Half(blocks, 0), BlockBytes.Half(blocks, 2));
            BlockBytes.Halves(blocks.Slice(4, 16), into.QuantsOf(block));
        }
    }
}
