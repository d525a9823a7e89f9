namespace Gptx.Rows;

/// <summary>A stream and some bytes behind it.</summary>
/// <param name="first">The stream, which is disposed with this one.</param>
/// <param name="behind">What follows it.</param>
internal sealed class Followed(Stream first, byte[] behind) : Stream
{
    private int _given;
    private bool _isOver;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (!_isOver && first.Read(buffer) is > 0 and var read)
        {
            return read;
        }

        _isOver = true;
        var left = behind.AsSpan(_given, Math.Min(buffer.Length, behind.Length - _given));
        left.CopyTo(buffer);
        _given += left.Length;
        return left.Length;
    }

    /// <inheritdoc/>
    public override void Flush() => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            first.Dispose();
        }

        base.Dispose(disposing);
    }
}
