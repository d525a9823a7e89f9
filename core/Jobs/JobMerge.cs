using Gptx.Jobs.Log;
using Gptx.Jobs.Output;

namespace Gptx.Jobs;

/// <summary>Joins what the shards of a job have done: the bytes of a single run.</summary>
public static class JobMerge
{
    /// <summary>Makes the output of a job that was done in shards: what it was lies with what they recorded.</summary>
    /// <param name="output">The file that is made.</param>
    /// <param name="errors">Where rows with faults are listed; null (the default) is beside the output, <c>OUT.errors.jsonl</c>.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="GptxException"><c>ShardsMissing</c>: the message names them; <c>JobDiffers</c>: another version began it; <c>JobDamaged</c>; <c>JobLocked</c>.</exception>
    public static JobSummary Run(string output, string? errors = null, CancellationToken cancellation = default) =>
        Run(JobFiles.Of(output, errors), asked: null, cancellation);

    /// <summary>As above, of a job that must be the one that was asked for.</summary>
    /// <param name="task">What the job does.</param>
    /// <param name="options">The job, as each shard was given it; its shard is not looked at.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="GptxException"><c>ShardsMissing</c>: the message names them; <c>JobDiffers</c>; <c>JobLocked</c>.</exception>
    public static JobSummary Run(IRowTask task, TextJobOptions options, CancellationToken cancellation = default) =>
        Run(JobFiles.Of(options), JobPlan.Of(task, options), cancellation);

    private static JobSummary Run(JobFiles files, JobPlan? asked, CancellationToken cancellation)
    {
        if (!File.Exists(files.Plan))
        {
            var finished = File.Exists(files.Output) ? FinishedJob.Read(files, asked) : throw Missing(files, "nothing of it is there");
            PartialFolder.Sweep(files);
            return finished;
        }

        var plan = JobPlan.Read(files.Plan);
        plan.RequireThisVersion();
        asked?.RequireSame(plan);
        if (plan.Rows is null)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "JobDamaged", $"{files.Plan} does not say what the rows of the job look like");
        }

        var shards = Shards(files);
        using var folder = new PartialFolder(files, plan, shards[0]);
        RequireComplete(files, folder.Job, shards);
        var summary = JobAssembly.Finish(files, plan, shards, cancellation);
        folder.Remove();
        return summary;
    }

    private static Shard[] Shards(JobFiles files)
    {
        Shard[] found = [.. Directory.EnumerateFiles(files.Partial, "*-of-*.log").Select(Path.GetFileNameWithoutExtension).Select(name => name!.Split("-of-"))
            .Where(parts => parts.Length == 2 && int.TryParse(parts[0], out _) && int.TryParse(parts[1], out _))
            .Select(parts => new Shard(int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture), int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture)))];
        if (found.Length == 0)
        {
            throw Missing(files, "no shard has begun");
        }

        if (found.Select(shard => shard.Count).Distinct().ToArray() is not [var count])
        {
            throw Missing(files, $"there are shards of jobs cut into {string.Join(" and ", found.Select(shard => shard.Count).Distinct().Order())} parts");
        }

        int[] absent = [.. Enumerable.Range(0, count).Except(found.Select(shard => shard.Index))];
        return absent.Length == 0
            ? [.. found.OrderBy(shard => shard.Index)]
            : throw Missing(files, $"of {count} shards {Named(absent)} have not begun");
    }

    private static void RequireComplete(JobFiles files, Guid job, Shard[] shards)
    {
        int[] unfinished = [.. shards.Where(shard => !IsComplete(files.Log(shard), job)).Select(shard => shard.Index)];
        if (unfinished.Length > 0)
        {
            throw Missing(files, $"of {shards.Length} shards {Named(unfinished)} are not at their end: run them again with --resume");
        }
    }

    private static bool IsComplete(string log, Guid job) => new LogIndex(log) is { IsComplete: true } index && index.Job == job;

    private static string Named(int[] shards) => string.Join(", ", shards.Take(20)) + (shards.Length > 20 ? ", ..." : "");

    private static GptxException Missing(JobFiles files, string what) =>
        new(GptxErrorKind.InvalidArgument, "ShardsMissing", $"{files.Output} cannot be made of its shards: {what}");
}
