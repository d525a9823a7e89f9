using System.Runtime.CompilerServices;

namespace Gptx.Checkpoints;

/// <summary>
/// 4 bits, 8 groups of 32 with a 6-bit scale and a 6-bit minimum each: value = d * scale * q - dmin * minimum. A block: d, dmin (float16), 12
/// bytes of scales and minima, 128 bytes of quants; of each 32 bytes the low halves are one group, the high halves the next.
/// </summary>
internal static class Q4_K
{
    private const int Elements = 256;
    private const int Bytes = 144;

    /// <summary>Widens whole blocks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Widen(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        for (; blocks.Length >= Bytes; blocks = blocks[Bytes..], values = values[Elements..])
        {
            var packed = blocks.Slice(4, 12);
            var (d, dmin) = (BlockBytes.Half(blocks, 0), BlockBytes.Half(blocks, 2));
            for (var group = 0; group < 8; group++)
            {
                var factors = BlockBytes.ScaleAndMinimum(packed, group);
                var (scale, minimum) = (d * factors.Scale, dmin * factors.Minimum);
                var stored = blocks.Slice(16 + (group / 2 * 32), 32);
                var shift = group % 2 * 4;
                var into = values.Slice(group * 32, 32);
                for (var i = 0; i < 32; i++)
                {
                    into[i] = (scale * ((stored[i] >> shift) & 0xF)) - minimum;
                }
            }
        }
    }

    /// <summary>Takes whole blocks apart, each into eight of 32.</summary>
    public static void Unpack(ReadOnlySpan<byte> blocks, BlockRow into)
    {
        for (var block = 0; blocks.Length >= Bytes; blocks = blocks[Bytes..])
        {
            var (d, dmin) = (BlockBytes.Half(blocks, 0), BlockBytes.Half(blocks, 2));
            for (var group = 0; group < 8; group++, block++)
            {
                var (scale, minimum) = BlockBytes.ScaleAndMinimum(blocks.Slice(4, 12), group);
                into.Set(block, d * scale, -(dmin * minimum));
                var stored = blocks.Slice(16 + (group / 2 * 32), 32);
                if (group % 2 == 0)
                {
                    Nibbles.Low(stored, into.QuantsOf(block));
                }
                else
                {
                    Nibbles.High(stored, into.QuantsOf(block));
                }
            }
        }
    }
}
