using System.Runtime.CompilerServices;

namespace Gptx.Checkpoints;

/// <summary>
/// Ternary, 5 elements a byte, one scale for 256: value = scale * (-1, 0 or 1). A byte is a fraction of 243: times a power of 3, modulo 256, times 3,
/// its upper byte is the digit. A block: 48 bytes of five digits (32, then 16), 4 bytes of four digits, the scale (float16).
/// </summary>
internal static class TQ1_0
{
    private const int Elements = 256;
    private const int Bytes = 54;

    /// <summary>Widens whole blocks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Widen(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        for (; blocks.Length >= Bytes; blocks = blocks[Bytes..], values = values[Elements..])
        {
            var scale = BlockBytes.Half(blocks, 52);
            Digits(blocks[..32], 5, scale, values);
            Digits(blocks.Slice(32, 16), 5, scale, values[160..]);
            Digits(blocks.Slice(48, 4), 4, scale, values[240..]);
        }
    }

    private static void Digits(ReadOnlySpan<byte> stored, int digits, float scale, Span<float> values)
    {
        for (var (digit, power) = (0, 1); digit < digits; digit++, power *= 3)
        {
            for (var i = 0; i < stored.Length; i++)
            {
                values[(digit * stored.Length) + i] = scale * (((((stored[i] * power) & 0xFF) * 3) >> 8) - 1);
            }
        }
    }
}
