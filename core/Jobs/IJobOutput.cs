using Gptx.Jobs.Log;

namespace Gptx.Jobs;

/// <summary>What a job makes, with what it keeps of itself until then: a file with a folder beside it, or a table with others in the same database.</summary>
internal interface IJobOutput : IDisposable
{
    /// <summary>What it is called in messages.</summary>
    string Name { get; }

    /// <summary>What is said to hold a job that was stopped.</summary>
    string PartialName { get; }

    /// <summary>Whether the output is there, whoever made it.</summary>
    bool Exists { get; }

    /// <summary>The files that are made too.</summary>
    IReadOnlyList<string> Others { get; }

    /// <summary>The job that is not at its end; null where there is none.</summary>
    /// <exception cref="GptxException"><c>JobDamaged</c>.</exception>
    JobPlan? Unfinished { get; }

    /// <summary>The job that made the output, and how it went; null where no job says that it did.</summary>
    /// <exception cref="GptxException"><c>JobDamaged</c>.</exception>
    (JobPlan Plan, JobSummary Summary)? Finished { get; }

    /// <summary>The shards of the unfinished job that have begun, and whether each is at its end.</summary>
    IReadOnlyList<(Shard Shard, bool IsComplete)> Shards { get; }

    /// <summary>Removes what a kill has left behind after the job was finished; nothing where somebody works there.</summary>
    void Sweep();

    /// <summary>Begins the job, or goes on with it, as the one process that works on this shard.</summary>
    /// <param name="plan">What the job is.</param>
    /// <param name="shard">The part of it that is done here.</param>
    /// <param name="anew">Whether what a job that was stopped has left is dropped.</param>
    /// <exception cref="GptxException"><c>JobLocked</c>; <c>JobDiffers</c>; <c>OutputNotWritable</c>.</exception>
    IJobWork Begin(JobPlan plan, Shard shard, bool anew = false);
}

/// <summary>The work on a job, or on a shard of it, by the one process that holds it.</summary>
internal interface IJobWork : IDisposable
{
    /// <summary>Where batches are recorded.</summary>
    /// <param name="machine">On which kind of machine they are computed.</param>
    /// <param name="triesAgain">Which rows that failed are tried again.</param>
    /// <param name="cancellation">Stops waiting for a place that cannot be written to for a while.</param>
    IJobLedger Ledger(string machine, Predicate<LoggedFault> triesAgain, CancellationToken cancellation);

    /// <summary>The rows of the output that is there already.</summary>
    PriorRows Prior();

    /// <summary>Makes the output, the list of errors and the provenance of what these shards have done, and removes what was kept until then.</summary>
    JobSummary Finish(IReadOnlyList<Shard> shards, CancellationToken cancellation);
}
