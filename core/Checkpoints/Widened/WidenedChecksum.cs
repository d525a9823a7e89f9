using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Gptx.Checkpoints;

/// <summary>CRC-32C of a tensor's bytes, eight at a time as the processor has it: finds what a disk or a broken writer has changed, at the speed of memory.</summary>
internal struct WidenedChecksum()
{
    private uint _crc = uint.MaxValue;

    /// <summary>Takes more bytes; all stretches but the last are whole words of 8.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        var crc = _crc;
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
        {
            crc = BitOperations.Crc32C(crc, word);
        }

        foreach (var last in bytes[(8 * words.Length)..])
        {
            crc = BitOperations.Crc32C(crc, last);
        }

        _crc = crc;
    }

    public readonly override string ToString() => (~_crc).ToString("x8", CultureInfo.InvariantCulture);
}
