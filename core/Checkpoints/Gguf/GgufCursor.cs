using System.Buffers.Binary;
using System.Text;

namespace Gptx.Checkpoints;

/// <summary>
/// Reads forward through a mapped GGUF file. Every length is compared with what is left of the file before it is believed, so nothing that a
/// file claims is ever allocated or looped over before it is known to be there.
/// </summary>
internal sealed class GgufCursor(MappedFile file, long position)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The next byte, counted from the start of the file.</summary>
    public long Position { get; private set; } = position;

    /// <summary>The number of bytes after it.</summary>
    public long Left => file.Length - Position;

    public uint UInt32(string what) => BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint), what));

    public ulong UInt64(string what) => BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong), what));

    /// <summary>A number of things of which each takes at least so many bytes.</summary>
    public long Count(string what, int leastBytes)
    {
        var count = UInt64(what);
        return count <= (ulong)(Left / leastBytes)
            ? (long)count
            : throw Wrong("HeaderTruncated", $"{what} would be {count}; the {Left} bytes that follow cannot hold that many");
    }

    /// <summary>A key or a name: UTF-8 after its length.</summary>
    public string Name(string what, int longest)
    {
        var length = Length(what);
        if (length > longest)
        {
            throw Wrong("HeaderFieldInvalid", $"{what} has {length} bytes; allowed are {longest}");
        }

        try
        {
            return Strict.GetString(Take(length, what));
        }
        catch (DecoderFallbackException exception)
        {
            throw CheckpointError.In(file.Path, "HeaderFieldInvalid", $"{what} is not valid UTF-8, at byte {Position - length} of the file", exception);
        }
    }

    /// <summary>Free text; bytes that are not UTF-8 become U+FFFD.</summary>
    public string Text(string what) => Encoding.UTF8.GetString(Take(Length(what), what));

    /// <summary>Goes past free text.</summary>
    public void SkipText(string what) => Skip(Length(what), what);

    /// <summary>Goes past bytes.</summary>
    public void Skip(long length, string what)
    {
        if (length > Left)
        {
            throw Wrong("HeaderTruncated", $"{what} needs {length} bytes; the file has {Left} more");
        }

        Position += length;
    }

    /// <summary>The next bytes.</summary>
    public ReadOnlySpan<byte> Take(int length, string what)
    {
        Skip(length, what);
        return file.Bytes(Position - length, length);
    }

    /// <summary>The error that the file deserves, with the place reached in it.</summary>
    public GptxException Wrong(string errorId, string problem) => CheckpointError.In(file.Path, errorId, $"{problem} (at byte {Position})");

    private int Length(string what)
    {
        var length = UInt64(what);
        return length <= (ulong)Math.Min(Left, int.MaxValue)
            ? (int)length
            : throw Wrong("HeaderTruncated", $"{what} would have {length} bytes; the file has {Left} more");
    }
}
