namespace Gptx.Jobs.Output;

/// <summary>Writes rows into a file of one kind.</summary>
internal interface IRowSink : IDisposable
{
    /// <summary>Takes the next row, a JSON object in UTF-8.</summary>
    void Write(ReadOnlyMemory<byte> row);

    /// <summary>There are no more.</summary>
    /// <param name="plan">What the job was, for files that can say so themselves.</param>
    /// <param name="summary">How it went.</param>
    void Finish(JobPlan plan, JobSummary summary);
}
