namespace Gptx.Jobs;

/// <summary>How a job ended; the numbers are the exit codes that <c>gptx</c> gives for it.</summary>
public enum JobStatus
{
    /// <summary>All rows are done, and no more of them failed than were accepted.</summary>
    Done = 0,

    /// <summary>Something made it stop: a full disk, too many errors, a damaged input. Rows that are done are kept.</summary>
    Stopped = 1,

    /// <summary>All rows are done, and some of them failed.</summary>
    SomeRowsFailed = 3,

    /// <summary>A person stopped it. Rows that are done are kept.</summary>
    Interrupted = 130,

    /// <summary>The system asked it to end. Rows that are done are kept.</summary>
    Terminated = 143,
}
