namespace Gptx.Jobs.Output;

/// <summary>Rows as lines of JSON, as they are.</summary>
internal sealed class JsonLinesSink(Stream stream) : IRowSink
{
    private readonly BufferedStream _stream = new(stream, 1 << 16);

    public void Write(ReadOnlyMemory<byte> row)
    {
        _stream.Write(row.Span);
        _stream.WriteByte((byte)'\n');
    }

    public void Finish(JobPlan plan, JobSummary summary) => _stream.Flush();

    public void Dispose()
    {
        // The stream is whose who gave it, and closing the buffer would close it.
    }
}
