using System.Runtime.CompilerServices;

namespace Gptx.Checkpoints;

/// <summary>
/// 4 bits that choose from a table of 16 unevenly spaced values, one scale for 32. A block: the scale (float16), 16 bytes; the low halves are
/// elements 0 to 15, the high halves 16 to 31.
/// </summary>
internal static class IQ4_NL
{
    private const int Elements = 32;
    private const int Bytes = 18;

    /// <summary>The values that 4 bits choose from.</summary>
    public static ReadOnlySpan<sbyte> Table => [-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113];

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
                low[i] = scale * Table[quants[i] & 0xF];
                high[i] = scale * Table[quants[i] >> 4];
            }
        }
    }
}
