using System.Diagnostics;
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
        var job = arguments.Read(run, options.Texts, options.Output) with { Threads = options.Models.Threads(run) };
        TextJob.RequireOutputKind(job, run.Parsed.CommandResult.Command.Name);
        using var model = options.Models.Load(run);
        return Do(run, arguments, task(model), job);
    }

    /// <summary>Does the job with what computes it, and gives the exit code.</summary>
    public static int Do(Invocation run, JobArguments arguments, IRowTask task, TextJobOptions job)
    {
        var accepted = ReportArguments.Accepted(run);
        if (arguments.IsDryRun(run))
        {
            run.Around.Out.WriteLine(JobEstimate.Of(task, job, run.Cancellation));
            return ExitCode.Ok;
        }

        var clock = Stopwatch.StartNew();
        using var progress = new JobBar(run);
        try
        {
            var summary = MergeCommand.IsMerging(run) ? JobMerge.Run(task, job, run.Cancellation) : new TextJob(task, job).Run(progress, run.Cancellation);
            progress.Dispose();
            var report = Report(summary, JobReport.StatusOf(summary, accepted));
            run.Say($"{report}");
            return report.ExitCode;
        }
        catch (OperationCanceledException)
        {
            progress.Dispose();
            run.Say("stopped: rows that are done are kept, --resume goes on");
            Report(progress.SoFar, run.Around.Interrupt is { WasTerminated: true } ? JobStatus.Terminated : JobStatus.Interrupted);
            throw;
        }
        catch (GptxException error) when (error.Kind is GptxErrorKind.OutputNotWritable or GptxErrorKind.InvalidInput)
        {
            progress.Dispose();
            Report(progress.SoFar, JobStatus.Stopped);
            throw;
        }

        JobReport Report(JobSummary summary, JobStatus status)
        {
            var report = JobReport.Of(job, summary, clock.Elapsed, status);
            arguments.Report.Save(run, report);
            return report;
        }
    }
}
