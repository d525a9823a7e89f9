using System.IO.Hashing;

namespace Gptx.Rows;

/// <summary>
/// Cuts a stream of bytes into records: <c>\n</c> or <c>\r\n</c> ends one, and the last needs no end. Memory is bounded: a record longer than allowed is
/// read over and only counted.
/// </summary>
/// <param name="stream">The bytes.</param>
/// <param name="position">Where the stream stands in its source.</param>
/// <param name="longest">The most bytes that a record may have.</param>
/// <param name="ends">Which line ends end a record.</param>
internal sealed class RecordScanner(Stream stream, long position, int longest, IRecordEnds ends)
{
    private const byte LineFeed = (byte)'\n';
    private const byte CarriageReturn = (byte)'\r';

    private readonly XxHash128 _hash = new();
    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;
    private bool _isAtEnd;

    /// <summary>Where the next record begins.</summary>
    public long Position { get; private set; } = position;

    /// <summary>A hash of the bytes of all records since <see cref="StartHash"/>, those of too long ones and line ends too.</summary>
    public UInt128 Hash => _hash.GetCurrentHashAsUInt128();

    /// <summary>Adds bytes to the hash that stand elsewhere and decide what records say.</summary>
    public void AddToHash(ReadOnlySpan<byte> bytes) => _hash.Append(bytes);

    /// <summary>Begins a new hash with the next record.</summary>
    public void StartHash() => _hash.Reset();

    /// <summary>The next record, which stays the next one unless it is too long; null at the end.</summary>
    public ScannedRecord? Peek()
    {
        var record = Next();
        if (record is { IsTooLong: false } next)
        {
            _start -= (int)(Position - next.Offset);
            Position = next.Offset;
        }

        return record;
    }

    /// <summary>The next record; null at the end.</summary>
    public ScannedRecord? Next()
    {
        var searched = 0;
        while (true)
        {
            var found = ends.Find(_buffer.AsSpan(_start + searched, _end - _start - searched));
            if (found >= 0)
            {
                return Take(searched + found, lineEnd: 1);
            }

            searched = _end - _start;
            if (searched > longest + 1)
            {
                return PassOver(searched);
            }

            if (!Fill())
            {
                return searched == 0 ? null : Take(searched, lineEnd: 0);
            }
        }
    }

    private ScannedRecord Take(int length, int lineEnd)
    {
        var bytes = _buffer.AsMemory(_start, length);
        var offset = Position;
        _hash.Append(_buffer.AsSpan(_start, length + lineEnd));
        _start += length + lineEnd;
        Position += length + lineEnd;
        var content = lineEnd == 1 && bytes is { IsEmpty: false } && bytes.Span[^1] == CarriageReturn ? bytes[..^1] : bytes;
        return new ScannedRecord(offset, content.Length, 1 + content.Span.Count(LineFeed), content.Length > longest ? default : content);
    }

    private ScannedRecord PassOver(int searched)
    {
        var offset = Position;
        var (length, lines) = (0L, 1L);
        while (true)
        {
            var found = searched > 0 ? -1 : ends.Find(_buffer.AsSpan(_start, _end - _start));
            var piece = _buffer.AsSpan(_start, found >= 0 ? found : _end - _start);
            length += piece.Length;
            lines += piece.Count(LineFeed);
            _hash.Append(_buffer.AsSpan(_start, found >= 0 ? found + 1 : piece.Length));
            _start += found >= 0 ? found + 1 : piece.Length;
            searched = 0;
            if (found >= 0 || !Fill())
            {
                Position = offset + length + (found >= 0 ? 1 : 0);
                return new ScannedRecord(offset, length, lines, default);
            }
        }
    }

    private bool Fill()
    {
        if (_isAtEnd)
        {
            return false;
        }

        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _isAtEnd = read == 0;
        return read > 0;
    }
}
