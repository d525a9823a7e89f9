using ZstdSharp;

namespace Gptx.Rows;

/// <summary>A source that is being read: its unpacked bytes, and whether the file stayed the same meanwhile.</summary>
internal sealed class OpenSource : IDisposable
{
    private readonly RowSource _source;
    private readonly (long Length, DateTime Written)? _before;
    private readonly Stream _raw;

    /// <summary>Opens a source.</summary>
    /// <exception cref="GptxException"><c>InputNotReadable</c>; <c>InputDamaged</c>: a packed file that is empty.</exception>
    public OpenSource(RowSource source)
    {
        _source = source;
        _before = Facts();
        if (_before is { Length: 0 } && source.Compression != RowCompression.None)
        {
            throw new GptxException(GptxErrorKind.InvalidInput, "InputDamaged", $"{source.Name} cannot be unpacked: it is empty");
        }

        _raw = source.Path is { } path ? OpenFile(path) : source.Stream!();
        Stream = source.Compression switch
        {
            RowCompression.Gzip => new WholeGzipStream(_raw),
            RowCompression.Zstandard => new DecompressionStream(_raw),
            _ => _raw,
        };
    }

    /// <summary>The unpacked bytes.</summary>
    public Stream Stream { get; }

    /// <summary>Whether it can be read from any place.</summary>
    public bool IsSeekable => _source is { Path: not null, Compression: RowCompression.None } && Stream.CanSeek;

    /// <summary>How much of the file is read, packed as it is, from 0 to 1; null where its length is not known.</summary>
    public double? PartRead => _raw is FileStream { CanSeek: true, Length: > 0 } file ? Math.Min(1, file.Position / (double)file.Length) : null;

    /// <summary>Refuses a file that somebody wrote to while it was read.</summary>
    /// <exception cref="GptxException"><c>InputChanged</c>.</exception>
    public void RequireUnchanged()
    {
        if (_before is { } before && Facts() != before)
        {
            throw new GptxException(GptxErrorKind.InvalidInput, "InputChanged", $"{_source.Path} was changed while it was read: rows may be halves; let it be written to the end, then start again");
        }
    }

    /// <summary>Does what reads, and says what is wrong with the source where that fails.</summary>
    /// <exception cref="GptxException"><c>InputDamaged</c>, <c>InputNotReadable</c>.</exception>
    public T Read<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is InvalidDataException or ZstdException or EndOfStreamException)
        {
            throw new GptxException(GptxErrorKind.InvalidInput, "InputDamaged", $"{_source.Name} cannot be unpacked to its end: {error.Message}", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new GptxException(GptxErrorKind.InvalidInput, "InputNotReadable", $"{_source.Name} cannot be read on: {error.Message}", error);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Stream.Dispose();

    private (long Length, DateTime Written)? Facts() => _source.Path is { } path && new FileInfo(path) is { Exists: true } file ? (file.Length, file.LastWriteTimeUtc) : null;

    private static FileStream OpenFile(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            var reason = error is FileNotFoundException or DirectoryNotFoundException ? "it does not exist" : "access is denied, or it is a folder";
            throw new GptxException(GptxErrorKind.InvalidArgument, "InputNotReadable", $"{path} cannot be read: {reason}", error);
        }
    }
}
