using System.Runtime.CompilerServices;

namespace Gptx.Checkpoints;

/// <summary>
/// 4 bits, one scale for 32: value = scale * (q - 8). A block: the scale (float16), 16 bytes; the low halves are elements 0 to 15, the high
/// halves 16 to 31.
/// </summary>
internal static class Q4_0
{
    private const int Elements = 32;
    private const int Bytes = 18;

    /// <summary>Widens whole blocks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Widen(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        for (; blocks.Length >= Bytes; blocks = blocks[Bytes..], values = values[Elements..])
        {
            var scale = BlockBytes.Half(blocks, 0);
            var quants = blocks.Slice(2, 16);
            var low = values[..16];
            var high = values.Slice(16, 16);
            for (var i = 0; i < 16; i++)
            {
                low[i] = scale * ((quants[i] & 0xF) - 8);
                high[i] = scale * ((quants[i] >> 4) - 8);
            }
        }
    }

    /// <summary>Takes whole blocks apart.</summary>
    public static void Unpack(ReadOnlySpan<byte> blocks, BlockRow into)
    {
        for (var block = 0; blocks.Length >= Bytes; blocks = blocks[Bytes..], block++)
        {
            into.Set(block, BlockBytes.Half(blocks, 0));
            BlockBytes.Halves(blocks.Slice(2, 16), into.QuantsOf(block));
        }
    }
}
