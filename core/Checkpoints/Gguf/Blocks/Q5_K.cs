using System.Runtime.CompilerServices;

namespace Gptx.Checkpoints;

/// <summary>
/// 5 bits, 8 groups of 32 with a 6-bit scale and a 6-bit minimum each: value = d * scale * q - dmin * minimum. A block: d, dmin (float16), 12
/// bytes of scales and minima, 32 bytes with the fifth bits (bit g of byte i: element i of group g), 128 bytes with the other four as in Q4_K.
/// </summary>
internal static class Q5_K
{
    private const int Elements = 256;
    private const int Bytes = 176;

    /// <summary>Widens whole blocks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Widen(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        for (; blocks.Length >= Bytes; blocks = blocks[Bytes..], values = values[Elements..])
        {
            var packed = blocks.Slice(4, 12);
            var (d, dmin) = (BlockBytes.Half(blocks, 0), BlockBytes.Half(blocks, 2));
            var fifth = blocks.Slice(16, 32);
            for (var group = 0; group < 8; group++)
            {
                var factors = BlockBytes.ScaleAndMinimum(packed, group);
                var (scale, minimum) = (d * factors.Scale, dmin * factors.Minimum);
                var stored = blocks.Slice(48 + (group / 2 * 32), 32);
                var shift = group % 2 * 4;
                var into = values.Slice(group * 32, 32);
                for (var i = 0; i < 32; i++)
                {
                    into[i] = (scale * (((stored[i] >> shift) & 0xF) | (((fifth[i] >> group) & 1) << 4))) - minimum;
                }
            }
        }
    }
}
