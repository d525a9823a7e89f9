namespace Gptx.Conversion;

/// <summary>A stream that says how much was written to it, and ends the writing when it is told to. Several in a row go on counting where the total is shared.</summary>
internal sealed class WorkStream(Stream stream, string what, long total, IProgress<WorkProgress>? progress, CancellationToken cancellation) : Stream
{
    private long _written;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => stream.Length;

    public override long Position
    {
        get => stream.Position;
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        cancellation.ThrowIfCancellationRequested();
        stream.Write(buffer);
        _written += buffer.Length;
        progress?.Report(new WorkProgress(what, Math.Min(_written, total), total));
    }

    public override void Flush() => stream.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
