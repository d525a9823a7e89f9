using System.Runtime.CompilerServices;

namespace Gptx.Checkpoints;

/// <summary>
/// 2 bits, 16 groups of 16 with a 4-bit scale and a 4-bit minimum each: value = d * scale * q - dmin * minimum. A block: 16 bytes (scale low,
/// minimum high), 64 bytes of quants, d, dmin (float16). Of each 32 bytes of quants the lowest bits are the first 32 elements, and so on.
/// </summary>
internal static class Q2_K
{
    private const int Elements = 256;
    private const int Bytes = 84;

    /// <summary>Widens whole blocks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Widen(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        for (; blocks.Length >= Bytes; blocks = blocks[Bytes..], values = values[Elements..])
        {
            var scales = blocks[..16];
            var quants = blocks.Slice(16, 64);
            var (d, dmin) = (BlockBytes.Half(blocks, 80), BlockBytes.Half(blocks, 82));
            for (var group = 0; group < 16; group++)
            {
                var (scale, minimum) = (d * (scales[group] & 0xF), dmin * (scales[group] >> 4));
                var stored = quants.Slice((group / 8 * 32) + (group % 2 * 16), 16);
                var shift = group / 2 % 4 * 2;
                var into = values.Slice(group * 16, 16);
                for (var i = 0; i < 16; i++)
                {
                    into[i] = (scale * ((stored[i] >> shift) & 3)) - minimum;
                }
            }
        }
    }
}
