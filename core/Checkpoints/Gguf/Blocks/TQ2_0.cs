using System.Runtime.CompilerServices;

namespace Gptx.Checkpoints;

/// <summary>
/// Ternary, 2 bits an element, one scale for 256: value = scale * (q - 1). A block: 64 bytes of quants as in Q2_K, the scale (float16).
/// </summary>
internal static class TQ2_0
{
    private const int Elements = 256;
    private const int Bytes = 66;

    /// <summary>Widens whole blocks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Widen(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        for (; blocks.Length >= Bytes; blocks = blocks[Bytes..], values = values[Elements..])
        {
            var scale = BlockBytes.Half(blocks, 64);
            for (var group = 0; group < 8; group++)
            {
                var stored = blocks.Slice(group / 4 * 32, 32);
                var shift = group % 4 * 2;
                var into = values.Slice(group * 32, 32);
                for (var i = 0; i < 32; i++)
                {
                    into[i] = scale * (((stored[i] >> shift) & 3) - 1);
                }
            }
        }
    }
}
