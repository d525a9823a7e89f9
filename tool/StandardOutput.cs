using Microsoft.Win32.SafeHandles;

namespace Gptx.Tool;

/// <summary>Whoever read our output has gone (<c>gptx ... | head -1</c>): a reason to stop, not an error.</summary>
internal sealed class ClosedPipeException(Exception cause) : Exception("nobody reads the output any more", cause);

/// <summary>Standard output that says when nobody reads it any more; .NET's own console stream hides it and the work would go on.</summary>
internal sealed class StandardOutput : Stream
{
    private const int BrokenPipe = 32;
    private const int WindowsBrokenPipe = unchecked((int)0x8007006D);
    private const int WindowsPipeClosing = unchecked((int)0x800700E8);
    private readonly Stream _stream;

    public StandardOutput(Stream stream) => _stream = stream;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public static Stream Open()
    {
        if (OperatingSystem.IsWindows())
        {
            return new StandardOutput(Console.OpenStandardOutput());
        }

        // A file is left to .NET: two processes may share its position. Its other end cannot go away.
        try
        {
            var direct = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
            return new StandardOutput(direct.CanSeek ? Console.OpenStandardOutput() : direct);
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or UnauthorizedAccessException)
        {
            return new StandardOutput(Console.OpenStandardOutput());
        }
    }

    public override void Flush() => Try(_stream.Flush);

    public override void Write(byte[] buffer, int offset, int count) => Try(() => _stream.Write(buffer, offset, count));

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private static void Try(Action write)
    {
        try
        {
            write();
        }
        catch (IOException exception) when (exception.HResult is BrokenPipe or WindowsBrokenPipe or WindowsPipeClosing)
        {
            throw new ClosedPipeException(exception);
        }
    }
}
