using System.IO.Compression;

namespace Gptx.Rows;

/// <summary>
/// Unpacks gzip, one member or several, and says so where the file ends too early. .NET's reader takes a file that was cut off for one that ends there; so a member with a
/// mark is put behind the file, which comes out at the end only where everything before it was whole.
/// </summary>
internal sealed class WholeGzipStream : ForwardStream
{
    private static readonly byte[] Mark = [.. "gptx: the end of the packed file, which is whole"u8];

    private readonly GZipStream _gzip;
    private readonly byte[] _held = new byte[Mark.Length];
    private byte[] _fresh = [];
    private int _count;

    /// <summary>Unpacks a stream, which is disposed with this one.</summary>
    public WholeGzipStream(Stream packed) => _gzip = new GZipStream(new Followed(packed, Pack(Mark)), CompressionMode.Decompress);

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The file ends too early, or is damaged.</exception>
    public override int Read(Span<byte> buffer)
    {
        // What was read last is held back, as it may be the mark: new bytes go behind it, and as many come out in front.
        if (_fresh.Length < buffer.Length + Mark.Length)
        {
            _fresh = new byte[buffer.Length + Mark.Length];
        }

        while (!buffer.IsEmpty)
        {
            _held.AsSpan(0, _count).CopyTo(_fresh);
            var read = _gzip.Read(_fresh, _count, buffer.Length);
            if (read == 0)
            {
                return _held.AsSpan(0, _count).SequenceEqual(Mark) ? 0 : throw new InvalidDataException("it ends too early, or something else stands behind its end");
            }

            var there = _count + read;
            var ready = Math.Max(0, there - Mark.Length);
            _fresh.AsSpan(0, ready).CopyTo(buffer);
            _count = there - ready;
            _fresh.AsSpan(ready, _count).CopyTo(_held);
            if (ready > 0)
            {
                return ready;
            }
        }

        return 0;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _gzip.Dispose();
        }

        base.Dispose(disposing);
    }

    private static byte[] Pack(byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.NoCompression))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }
}
