using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Gptx.Checkpoints;

/// <summary>
/// 5 bits, one scale for 32: value = scale * (q - 16). A block: the scale (float16), the 32 fifth bits (element 0 the lowest), 16 bytes with the
/// other four: the low halves are elements 0 to 15, the high halves 16 to 31.
/// </summary>
internal static class Q5_0
{
    private const int Elements = 32;
    private const int Bytes = 22;

    /// <summary>Widens whole blocks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Widen(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        for (; blocks.Length >= Bytes; blocks = blocks[Bytes..], values = values[Elements..])
        {
            var scale = BlockBytes.Half(blocks, 0);
            var fifth = BinaryPrimitives.ReadUInt32LittleEndian(blocks[2..]);
            var quants = blocks.Slice(6, 16);
            var low = values[..16];
            var high = values.Slice(16, 16);
            for (var i = 0; i < 16; i++)
            {
                low[i] = scale * (((quants[i] & 0xF) | ((int)((fifth >> i) & 1) << 4)) - 16);
                high[i] = scale * (((quants[i] >> 4) | ((int)((fifth >> (i + 16)) & 1) << 4)) - 16);
            }
        }
    }
}
