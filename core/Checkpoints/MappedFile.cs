using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace Gptx.Checkpoints;

/// <summary>
/// A whole file as read-only memory: the operating system brings in the pages that are touched, and several readers share them.
/// There is no finalizer on purpose: spans into the map do not keep this object alive, so only <see cref="Dispose"/> may unmap it.
/// A file that someone shortens while it is mapped ends the process when a lost page is touched; that holds for any mapped file.
/// </summary>
internal sealed unsafe class MappedFile : IDisposable
{
    private readonly SafeFileHandle _handle;
    private readonly MemoryMappedFile _map;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;
    private bool _disposed;

    private MappedFile(string path, string resolvedPath, FileStream stream)
    {
        Path = path;
        ResolvedPath = resolvedPath;
        Length = stream.Length;
        _handle = stream.SafeFileHandle;
        _map = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        _view = _map.CreateViewAccessor(0, Length, MemoryMappedFileAccess.Read);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
        _start += _view.PointerOffset;
    }

    /// <summary>The path as it was given.</summary>
    public string Path { get; }

    /// <summary>The file that the path leads to, links followed.</summary>
    public string ResolvedPath { get; }

    /// <summary>Length of the file in bytes, when it was opened.</summary>
    public long Length { get; }

    /// <summary>The first byte; valid until <see cref="Dispose"/>.</summary>
    public byte* Start
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(MappedFile));
            return _start;
        }
    }

    /// <summary>Maps a file; one of fewer bytes than <paramref name="shortest"/> (at least 1), which <paramref name="what"/> needs, is refused.</summary>
    public static MappedFile Open(string path, int shortest, string what)
    {
        FileStream? stream = null;
        try
        {
            var resolved = RealPath.Of(path);
            stream = new FileStream(resolved, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
            if (!stream.CanSeek)
            {
                throw new IOException("it is a pipe or a device");
            }

            return stream.Length >= shortest
                ? new MappedFile(path, resolved, stream)
                : throw CheckpointError.In(path, "FileTruncated", $"the file has {stream.Length} bytes; {what} has at least {shortest}");
        }
        catch (Exception exception)
        {
            stream?.Dispose();
            if (CheckpointError.IsAboutTheFile(exception))
            {
                throw CheckpointError.NotReadable(path, exception);
            }

            throw;
        }
    }

    /// <summary>A stretch of the file; the caller has checked that it lies within <see cref="Length"/>.</summary>
    public ReadOnlySpan<byte> Bytes(long offset, int length) => new(Start + offset, length);

    /// <summary>Copies a stretch of the file without touching the map, for bytes that are looked at once: their pages do not become this process's memory.</summary>
    public void Read(long offset, Span<byte> destination)
    {
        ObjectDisposedException.ThrowIf(_disposed, typeof(MappedFile));
        while (!destination.IsEmpty)
        {
            var read = ReadSome(offset, destination);
            destination = destination[read..];
            offset += read;
        }
    }

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _map.Dispose();
    }

    private int ReadSome(long offset, Span<byte> destination)
    {
        try
        {
            return RandomAccess.Read(_handle, destination, offset) is var read && read > 0
                ? read
                : throw CheckpointError.In(Path, "FileTruncated", $"the file ends at byte {offset}; it had {Length} bytes when it was opened");
        }
        catch (Exception exception) when (CheckpointError.IsAboutTheFile(exception))
        {
            throw CheckpointError.NotReadable(Path, exception);
        }
    }
}
