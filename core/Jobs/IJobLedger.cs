using Gptx.Jobs.Log;

namespace Gptx.Jobs;

/// <summary>Where a job's work is recorded, so that it can go on after any end: a log beside a file, or the database that the rows go into.</summary>
internal interface IJobLedger : IDisposable
{
    /// <summary>What was recorded before.</summary>
    RecordedWork Recorded { get; }

    /// <summary>Records rows that were computed together: all of them or, where this is cut short, none.</summary>
    void Add(LoggedBatch batch);

    /// <summary>Records that all batches of a unit are there.</summary>
    void Add(LoggedUnit unit);

    /// <summary>Records that all units are there.</summary>
    void Complete();
}
