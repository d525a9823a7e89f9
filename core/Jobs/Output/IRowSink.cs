namespace Gptx.Jobs.Output;

/// <summary>Writes rows into a file of one kind.</summary>
internal interface IRowSink : IDisposable
{
    /// <summary>Takes the next row, a JSON object in UTF-8.</summary>
    void Write(ReadOnlyMemory<byte> row);

    /// <summary>There are no more.</summary>
    void Finish();
}
