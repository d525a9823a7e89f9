namespace Gptx.Rows;

/// <summary>A stream and some bytes behind it.</summary>
/// <param name="first">The stream, which is disposed with this one.</param>
/// <param name="behind">What follows it.</param>
internal sealed class Followed(Stream first, byte[] behind) : ForwardStream
{
    private int _given;
    private bool _isOver;

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
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            first.Dispose();
        }

        base.Dispose(disposing);
    }
}
