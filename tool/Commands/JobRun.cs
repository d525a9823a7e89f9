using System.Diagnostics;
using Gptx.Inference;
using Gptx.Jobs;
using Gptx.Tool.Options;
using Gptx.Tool.Output;
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
        if (arguments.IsDryRun(run))
        {
            run.Around.Out.WriteLine(Sentence(JobEstimate.Of(task, job, run.Cancellation)));
            return ExitCode.Ok;
        }

        var clock = Stopwatch.StartNew();
        using var progress = new JobBar(run);
        try
        {
            var summary = MergeCommand.IsMerging(run) ? JobMerge.Run(task, job, run.Cancellation) : new TextJob(task, job).Run(progress, run.Cancellation);
            progress.Dispose();
            var code = arguments.ExitCodeOf(run, summary);
            run.Say(Sentence(summary, job));
            WriteSummary(summary, code);
            return code;
        }
        catch (OperationCanceledException)
        {
            progress.Dispose();
            run.Say("stopped: rows that are done are kept, --resume goes on");
            WriteSummary(progress.SoFar, run.Around.Interrupt is { WasTerminated: true } ? ExitCode.Terminated : ExitCode.Cancelled);
            throw;
        }
        catch (GptxException error) when (error.Kind is GptxErrorKind.OutputNotWritable or GptxErrorKind.InvalidInput)
        {
            progress.Dispose();
            WriteSummary(progress.SoFar, ExitCode.Of(error.Kind));
            throw;
        }

        void WriteSummary(JobSummary summary, int code)
        {
            if (arguments.Summary(run) is { } path)
            {
                JobSummaryFile.Write(path, summary, clock.Elapsed, code);
            }
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

    private static string Sentence(JobEstimate estimate)
    {
        var time = estimate.Seconds is { } seconds ? $"about {TimeSpan.FromSeconds(Math.Ceiling(seconds)):g} of computing" : "nothing to compute";
        return $"{estimate.Rows} rows, {estimate.Failed} of them unreadable; {estimate.Tokens} tokens; {time}; {estimate.PeakMemory >> 20} MiB of memory";
    }
}
