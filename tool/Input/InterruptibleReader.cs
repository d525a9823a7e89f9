namespace Gptx.Tool.Input;

/// <summary>Reads from standard input so that waiting for it does not outlast Ctrl+C.</summary>
internal sealed class InterruptibleReader(TextReader reader, CancellationToken cancellation) : TextReader
{
    public override int Read(char[] buffer, int index, int count) => cancellation.CanBeCanceled
        ? Task.Run(() => reader.Read(buffer, index, count)).WaitAsync(cancellation).GetAwaiter().GetResult()
        : reader.Read(buffer, index, count);
}
