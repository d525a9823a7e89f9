namespace Gptx.Jobs;

/// <summary>Joins what the shards of a job have done: the bytes of a single run.</summary>
public static class JobMerge
{
    /// <summary>Makes the output of a job that was done in shards: what it was lies with what they recorded.</summary>
    /// <param name="output">The file that is made, or the address of the table.</param>
    /// <param name="errors">Where rows with faults are listed; null (the default) is beside the output, <c>OUT.errors.jsonl</c>.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="GptxException"><c>ShardsMissing</c>: the message names them; <c>JobDiffers</c>: another version began it; <c>JobDamaged</c>; <c>JobLocked</c>.</exception>
    public static JobSummary Run(string output, string? errors = null, CancellationToken cancellation = default) =>
        Run(JobOutputs.Open(output, errors), asked: null, cancellation);

    /// <summary>As above, of a job that must be the one that was asked for.</summary>
    /// <param name="task">What the job does.</param>
    /// <param name="options">The job, as each shard was given it; its shard is not looked at.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="GptxException"><c>ShardsMissing</c>: the message names them; <c>JobDiffers</c>; <c>JobLocked</c>.</exception>
    public static JobSummary Run(IRowTask task, TextJobOptions options, CancellationToken cancellation = default) =>
        Run(JobOutputs.Open(options), JobPlan.Of(task, options), cancellation);

    private static JobSummary Run(IJobOutput output, JobPlan? asked, CancellationToken cancellation)
    {
        using var _ = output;
        if (output.Unfinished is not { } plan)
        {
            var finished = output.Exists ? JobStart.Finished(output, asked) : throw Missing(output, "nothing of it is there");
            output.Sweep();
            return finished;
        }

        plan.RequireThisVersion();
        asked?.RequireSame(plan);
        if (plan.Rows is null)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "JobDamaged", $"{output.PartialName} does not say what the rows of the job look like");
        }

        var shards = Shards(output);
        using var job = output.Begin(plan, shards[0].Shard);
        RequireComplete(output);
        return job.Finish([.. shards.Select(shard => shard.Shard)], cancellation);
    }

    private static (Shard Shard, bool IsComplete)[] Shards(IJobOutput output)
    {
        var found = output.Shards;
        if (found.Count == 0)
        {
            throw Missing(output, "no shard has begun");
        }

        if (found.Select(shard => shard.Shard.Count).Distinct().ToArray() is not [var count])
        {
            throw Missing(output, $"there are shards of jobs cut into {string.Join(" and ", found.Select(shard => shard.Shard.Count).Distinct().Order())} parts");
        }

        int[] absent = [.. Enumerable.Range(0, count).Except(found.Select(shard => shard.Shard.Index))];
        return absent.Length == 0
            ? [.. found.OrderBy(shard => shard.Shard.Index)]
            : throw Missing(output, $"of {count} shards {Named(absent)} have not begun");
    }

    private static void RequireComplete(IJobOutput output)
    {
        var shards = output.Shards;
        int[] unfinished = [.. shards.Where(shard => !shard.IsComplete).Select(shard => shard.Shard.Index).Order()];
        if (unfinished.Length > 0)
        {
            throw Missing(output, $"of {shards.Count} shards {Named(unfinished)} are not at their end: run them again with --resume");
        }
    }

    private static string Named(int[] shards) => string.Join(", ", shards.Take(20)) + (shards.Length > 20 ? ", ..." : "");

    private static GptxException Missing(IJobOutput output, string what) =>
        new(GptxErrorKind.InvalidArgument, "ShardsMissing", $"{output.Name} cannot be made of its shards: {what}");
}
