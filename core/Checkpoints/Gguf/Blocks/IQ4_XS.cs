using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Gptx.Checkpoints;

/// <summary>
/// 4 bits that choose from the table of IQ4_NL, 8 groups of 32 with a 6-bit scale each: value = d * (scale - 32) * table[q]. A block: d (float16),
/// the high 2 bits of the scales (2 bytes), the low 4 bits (4 bytes), 128 bytes of quants, 16 a group, halves as in IQ4_NL.
/// </summary>
internal static class IQ4_XS
{
    private const int Elements = 256;
    private const int Bytes = 136;

    /// <summary>Widens whole blocks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Widen(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        for (; blocks.Length >= Bytes; blocks = blocks[Bytes..], values = values[Elements..])
        {
            var d = BlockBytes.Half(blocks, 0);
            var scalesLow = blocks.Slice(4, 4);
            var scalesHigh = BinaryPrimitives.ReadUInt16LittleEndian(blocks[2..]);
            for (var group = 0; group < 8; group++)
            {
                var bits = ((scalesLow[group / 2] >> (group % 2 * 4)) & 0xF) | (((scalesHigh >> (group * 2)) & 3) << 4);
                var scale = d * (bits - 32);
                var quants = blocks.Slice(8 + (group * 16), 16);
                var low = values.Slice(group * 32, 16);
                var high = values.Slice((group * 32) + 16, 16);
                for (var i = 0; i < 16; i++)
                {
                    low[i] = scale * IQ4_NL.Table[quants[i] & 0xF];
                    high[i] = scale * IQ4_NL.Table[quants[i] >> 4];
                }
            }
        }
    }
}
