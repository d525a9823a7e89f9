using Gptx.Inference;
using Gptx.Jobs;
using Gptx.Tool.Options;
using Gptx.Tool.Terminal;

namespace Gptx.Tool.Commands;

/// <summary>Runs a job and says how it went.</summary>
internal static class JobRun
{
    /// <summary>Opens the model, does the job, and gives the exit code.</summary>
    public static int With(Invocation run, CommonOptions options, JobArguments arguments, Func<LanguageModel, IRowTask> task)
    {
        var job = arguments.Read(run, options.Texts, options.Output);
        TextJob.RequireOutputKind(job);
        using var model = options.Models.Load(run);
        return Do(run, arguments, task(model), job);
    }

    /// <summary>Does the job with what computes it, and gives the exit code.</summary>
    public static int Do(Invocation run, JobArguments arguments, IRowTask task, TextJobOptions job)
    {
        var summary = MergeCommand.IsMerging(run) ? JobMerge.Run(task, job, run.Cancellation) : Run(run, task, job);
        var code = arguments.ExitCodeOf(run, summary);
        run.Say(Sentence(summary, job));
        return code;
    }

    private static JobSummary Run(Invocation run, IRowTask task, TextJobOptions job)
    {
        using var progress = new JobBar(run);
        try
        {
            return new TextJob(task, job).Run(progress, run.Cancellation);
        }
        catch (OperationCanceledException)
        {
            progress.Dispose();
            run.Say("stopped: rows that are done are kept, --resume goes on");
            throw;
        }
    }

    private static string Sentence(JobSummary summary, TextJobOptions job)
    {
        var before = summary.RowsBefore > 0 ? $", {summary.RowsBefore} of them before" : "";
        var failed = summary.Failed > 0 ? $"; {summary.Failed} failed ({job.Errors ?? $"{job.Output}.errors.jsonl"})" : "";
        var gone = summary.Gone.Count > 0 ? $"; gone from the input: {string.Join(", ", summary.Gone.Take(10))}{(summary.Gone.Count > 10 ? $" and {summary.Gone.Count - 10} more" : "")}" : "";
        var part = job.Shard.IsPart ? $"shard {job.Shard}: " : "";
        return $"{part}{summary.Rows} rows{before}{failed}{gone}";
    }
}
