using System.Buffers.Binary;
using System.IO.Hashing;

namespace Gptx.Jobs.Log;

/// <summary>
/// A file that only grows: frames of bytes, each with its length and its CRC-32. What a kill leaves behind the last whole frame is no frame, and is cut off
/// when the file is opened again.
/// </summary>
internal sealed class FrameFile : IDisposable
{
    private const int HeaderBytes = 8;
    private const int LongestFrame = 1 << 30;
    private static readonly TimeSpan BetweenFlushes = TimeSpan.FromSeconds(1);

    private readonly FileStream _file;
    private long _lastFlush = Environment.TickCount64;

    private FrameFile(FileStream file) => _file = file;

    /// <summary>Where it lies.</summary>
    public string Path => _file.Name;

    /// <summary>Opens a file to add to it, after <paramref name="read"/> has been given each of its frames.</summary>
    public static FrameFile Open(string path, Action<byte[]> read)
    {
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, 1 << 16);
        try
        {
            var end = 0L;
            foreach (var frame in Frames(file))
            {
                read(frame);
                end = file.Position;
            }

            file.SetLength(end);
            file.Position = end;
            return new FrameFile(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The whole frames of a file.</summary>
    public static IEnumerable<byte[]> Read(string path) => ReadPlaces(path).Select(frame => frame.Bytes);

    /// <summary>The whole frames of a file, with where each begins.</summary>
    public static IEnumerable<(long Place, byte[] Bytes)> ReadPlaces(string path)
    {
        using var file = OpenToRead(path);
        foreach (var frame in Frames(file))
        {
            yield return (file.Position - frame.Length - HeaderBytes, frame);
        }
    }

    /// <summary>Where a frame ends that begins at a place.</summary>
    public static long EndOf(long place, byte[] frame) => place + HeaderBytes + frame.Length;

    /// <summary>Opens a file for <see cref="ReadFrom"/>.</summary>
    public static FileStream OpenToRead(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 16);

    /// <summary>The frames from a place that <see cref="ReadPlaces"/> gave to the end of another.</summary>
    public static IEnumerable<byte[]> ReadFrom(FileStream file, long start, long end)
    {
        file.Position = start;
        return Frames(file).TakeWhile(frame => file.Position <= end);
    }

    /// <summary>Adds a frame. A kill of this process does not lose it; a machine that loses its power may lose those of the last second.</summary>
    public void Add(ReadOnlySpan<byte> frame)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        BinaryPrimitives.WriteInt32LittleEndian(header, frame.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], Crc32.HashToUInt32(frame));
        _file.Write(header);
        _file.Write(frame);
        var isTime = Environment.TickCount64 - _lastFlush >= BetweenFlushes.TotalMilliseconds;
        _file.Flush(flushToDisk: isTime);
        _lastFlush = isTime ? Environment.TickCount64 : _lastFlush;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            _file.Flush(flushToDisk: true);
            _file.Dispose();
        }
        catch (IOException)
        {
            // A full disk, of which Add has told: what is no whole frame is cut off when the file is opened again.
        }
    }

    private static IEnumerable<byte[]> Frames(FileStream file)
    {
        var header = new byte[HeaderBytes];
        while (file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) == HeaderBytes)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(header);
            if (length is < 0 or > LongestFrame || length > file.Length - file.Position)
            {
                yield break;
            }

            var frame = new byte[length];
            file.ReadExactly(frame);
            if (Crc32.HashToUInt32(frame) != BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(4)))
            {
                yield break;
            }

            yield return frame;
        }
    }
}
