using System.Runtime.CompilerServices;

namespace Gptx.Checkpoints;

/// <summary>
/// 3 bits, 16 groups of 16 with a 6-bit scale each: value = d * (scale - 32) * q, q from -4 to 3. A block: 32 bytes with the third bits (bit g of
/// byte i: element i of the 32 elements g), 64 bytes with the other two as in Q2_K, 12 bytes of scales, d (float16).
/// </summary>
internal static class Q3_K
{
    private const int Elements = 256;
    private const int Bytes = 110;

    /// <summary>Widens whole blocks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Widen(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        for (; blocks.Length >= Bytes; blocks = blocks[Bytes..], values = values[Elements..])
        {
            var third = blocks[..32];
            var quants = blocks.Slice(32, 64);
            var packed = blocks.Slice(96, 12);
            var d = BlockBytes.Half(blocks, 108);
            for (var group = 0; group < 16; group++)
            {
                var scale = d * (Scale(packed, group) - 32);
                var half = group % 2 * 16;
                var stored = quants.Slice((group / 8 * 32) + half, 16);
                var shift = group / 2 % 4 * 2;
                var bits = third.Slice(half, 16);
                var bit = group / 2;
                var into = values.Slice(group * 16, 16);
                for (var i = 0; i < 16; i++)
                {
                    into[i] = scale * (((stored[i] >> shift) & 3) - ((~(bits[i] >> bit) & 1) << 2));
                }
            }
        }
    }

    /// <summary>Of 16 scales the low 4 bits lie in bytes 0 to 7 (0 to 7 low, 8 to 15 high), the high 2 in bytes 8 to 11, four in each.</summary>
    private static int Scale(ReadOnlySpan<byte> packed, int group) =>
        ((packed[group % 8] >> (group / 8 * 4)) & 0xF) | (((packed[8 + (group % 4)] >> (group / 4 * 2)) & 3) << 4);
}
