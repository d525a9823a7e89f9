using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Gptx.Checkpoints;

/// <summary>Integers of four bits, two a byte, to and from one a byte.</summary>
internal static class Nibbles
{
    /// <summary>The low halves of bytes; nothing where there is no room.</summary>
    public static void Low(ReadOnlySpan<byte> packed, Span<byte> values)
    {
        for (; values.Length >= 16; packed = packed[16..], values = values[16..])
        {
            (Vector128.Create(packed) & Vector128.Create((byte)0xF)).CopyTo(values);
        }
    }

    /// <summary>The high halves of bytes; nothing where there is no room.</summary>
    public static void High(ReadOnlySpan<byte> packed, Span<byte> values)
    {
        for (; values.Length >= 16; packed = packed[16..], values = values[16..])
        {
            (Vector128.Create(packed) >>> 4).CopyTo(values);
        }
    }

    /// <summary>Neighbours in one byte, the first in its low half; an odd last one has its byte to itself.</summary>
    public static void Pack(ReadOnlySpan<byte> values, Span<byte> packed)
    {
        for (; values.Length >= 32; values = values[32..], packed = packed[16..])
        {
            var pairs = MemoryMarshal.Cast<byte, ushort>(values);
            Vector128.Narrow(Joined(Vector128.Create(pairs)), Joined(Vector128.Create(pairs[8..]))).CopyTo(packed);
        }

        for (var i = 0; i < values.Length; i += 2)
        {
            packed[i / 2] = (byte)(values[i] | (i + 1 < values.Length ? values[i + 1] << 4 : 0));
        }
    }

    /// <summary>Two bytes of one half each as one byte.</summary>
    private static Vector128<ushort> Joined(Vector128<ushort> pair) =>
        (pair & Vector128.Create((ushort)0xF)) | ((pair >>> 4) & Vector128.Create((ushort)0xF0));
}
