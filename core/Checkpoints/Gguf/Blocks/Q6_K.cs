using System.Runtime.CompilerServices;

namespace Gptx.Checkpoints;

/// <summary>
/// 6 bits, 16 groups of 16 with a signed 8-bit scale each: value = d * scale * (q - 32). A block: 128 bytes with the low 4 bits (of each 64 bytes
/// the low halves are 64 elements, the high halves the next 64), 64 bytes with the high 2 as in Q2_K, 16 scales, d (float16).
/// </summary>
internal static class Q6_K
{
    private const int Elements = 256;
    private const int Bytes = 210;

    /// <summary>Widens whole blocks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Widen(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        for (; blocks.Length >= Bytes; blocks = blocks[Bytes..], values = values[Elements..])
        {
            var low = blocks[..128];
            var high = blocks.Slice(128, 64);
            var scales = blocks.Slice(192, 16);
            var d = BlockBytes.Half(blocks, 208);
            for (var group = 0; group < 16; group++)
            {
                var scale = d * (sbyte)scales[group];
                var lowBits = low.Slice((group / 8 * 64) + (group % 4 * 16), 16);
                var highBits = high.Slice((group / 8 * 32) + (group % 2 * 16), 16);
                var (lowShift, highShift) = (group / 4 % 2 * 4, group / 2 % 4 * 2);
                var into = values.Slice(group * 16, 16);
                for (var i = 0; i < 16; i++)
                {
                    into[i] = scale * ((((lowBits[i] >> lowShift) & 0xF) | (((highBits[i] >> highShift) & 3) << 4)) - 32);
                }
            }
        }
    }
}
