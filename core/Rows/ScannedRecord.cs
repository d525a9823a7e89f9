namespace Gptx.Rows;

/// <summary>A record of a stream, without its line end.</summary>
/// <param name="Offset">Where it begins, in bytes from the stream's start.</param>
/// <param name="Length">How many bytes it has; those of one that is too long are not held.</param>
/// <param name="Lines">How many lines it takes.</param>
/// <param name="Bytes">Its bytes, valid until the next is read; empty where it is too long.</param>
internal readonly record struct ScannedRecord(long Offset, long Length, long Lines, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Whether it was longer than allowed, and passed over.</summary>
    public bool IsTooLong => Length > Bytes.Length;
}
