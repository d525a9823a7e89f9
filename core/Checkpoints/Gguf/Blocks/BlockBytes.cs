using System.Buffers.Binary;

namespace Gptx.Checkpoints;

/// <summary>What the bytes of several block formats have in common.</summary>
internal static class BlockBytes
{
    /// <summary>A scale or minimum stored as float16.</summary>
    public static float Half(ReadOnlySpan<byte> block, int offset) => (float)BinaryPrimitives.ReadHalfLittleEndian(block[offset..]);

    /// <summary>32 integers of four bits in 16 bytes: the low halves, then the high halves; nothing where there is no room.</summary>
    public static void Halves(ReadOnlySpan<byte> packed, Span<byte> quants)
    {
        if (!quants.IsEmpty)
        {
            Nibbles.Low(packed, quants[..16]);
            Nibbles.High(packed, quants[16..]);
        }
    }

    /// <summary>
    /// Eight scales and eight minima of 6 bits each in 12 bytes, as Q4_K and Q5_K pack them: the first four of both whole in the low 6 bits of bytes
    /// 0 to 3 and 4 to 7; of the others the low 4 bits in bytes 8 to 11, the high 2 in the top of bytes 0 to 7.
    /// </summary>
    public static (int Scale, int Minimum) ScaleAndMinimum(ReadOnlySpan<byte> packed, int index) => index < 4
        ? (packed[index] & 0x3F, packed[index + 4] & 0x3F)
        : ((packed[index + 4] & 0xF) | ((packed[index - 4] >> 2) & 0x30), (packed[index + 4] >> 4) | ((packed[index] >> 2) & 0x30));
}
