using System.Runtime.CompilerServices;

namespace Gptx.Checkpoints;

/// <summary>
/// The 4-bit floats (E2M1) of the OCP microscaling formats, one power of two (E8M0) for 32. A block: the exponent (1 byte), 16 bytes; the low halves
/// are elements 0 to 15, the high halves 16 to 31. The table has twice the values, so the power is halved.
/// </summary>
internal static class MXFP4
{
    private const int Elements = 32;
    private const int Bytes = 17;

    /// <summary>Twice the values of E2M1: one bit of sign, two of exponent, one of fraction.</summary>
    private static ReadOnlySpan<sbyte> Table => [0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12];

    /// <summary>Widens whole blocks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Widen(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        for (; blocks.Length >= Bytes; blocks = blocks[Bytes..], values = values[Elements..])
        {
            var scale = HalfPower(blocks[0]);
            var quants = blocks.Slice(1, 16);
            var low = values[..16];
            var high = values.Slice(16, 16);
            for (var i = 0; i < 16; i++)
            {
                low[i] = scale * Table[quants[i] & 0xF];
                high[i] = scale * Table[quants[i] >> 4];
            }
        }
    }

    /// <summary>2^(exponent - 128), the two smallest as subnormal numbers.</summary>
    private static float HalfPower(byte exponent) => BitConverter.UInt32BitsToSingle(exponent < 2 ? 0x0020_0000u << exponent : (exponent - 1u) << 23);
}
