using System.IO.Hashing;

namespace Gptx.Rows;

/// <summary>
/// Cuts a stream of bytes into lines: <c>\n</c> or <c>\r\n</c> ends one, and the last needs no end. Memory is bounded: a line longer than allowed is
/// read over and only counted.
/// </summary>
/// <param name="stream">The bytes.</param>
/// <param name="position">Where the stream stands in its source.</param>
/// <param name="longest">The most bytes that a line may have.</param>
internal sealed class LineScanner(Stream stream, long position, int longest)
{
    private const byte LineFeed = (byte)'\n';
    private const byte CarriageReturn = (byte)'\r';

    private readonly XxHash128 _hash = new();
    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;
    private bool _isAtEnd;

    /// <summary>Where the next line begins.</summary>
    public long Position { get; private set; } = position;

    /// <summary>A hash of the bytes of all lines since <see cref="StartHash"/>, those of too long ones and line ends too.</summary>
    public UInt128 Hash => _hash.GetCurrentHashAsUInt128();

    /// <summary>Begins a new hash with the next line.</summary>
    public void StartHash() => _hash.Reset();

    /// <summary>The next line; null at the end.</summary>
    public ScannedRecord? Next()
    {
        var searched = 0;
        while (true)
        {
            var found = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf(LineFeed);
            if (found >= 0)
            {
                return Take(searched + found, lineEnd: 1);
            }

            searched = _end - _start;
            if (searched > longest + 1)
            {
                return PassOver();
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
        return new ScannedRecord(offset, content.Length, content.Length > longest ? default : content);
    }

    private ScannedRecord PassOver()
    {
        var offset = Position;
        var length = 0L;
        while (true)
        {
            var found = _buffer.AsSpan(_start, _end - _start).IndexOf(LineFeed);
            length += found >= 0 ? found : _end - _start;
            _hash.Append(_buffer.AsSpan(_start, found >= 0 ? found + 1 : _end - _start));
            _start = found >= 0 ? _start + found + 1 : _end;
            if (found >= 0 || !Fill())
            {
                Position = offset + length + (found >= 0 ? 1 : 0);
                return new ScannedRecord(offset, length, default);
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
