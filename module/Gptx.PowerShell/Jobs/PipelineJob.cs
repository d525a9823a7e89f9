using System.Management.Automation;
using Gptx.Jobs;

namespace Gptx.PowerShell;

/// <summary>
/// A job that a command does: it runs on another thread, while the pipeline's own, the only one that may write, shows how far it is; at its end, whatever that is,
/// it is reported.
/// </summary>
internal sealed class PipelineJob(GptxCmdlet cmdlet, CancellationToken cancellation) : IProgress<JobProgress>
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    private readonly JobPace _pace = new();
    private readonly ProgressLine _line = new(cmdlet.MyInvocation.MyCommand.Name, cmdlet.WriteProgress);

    /// <summary>Makes a report of a summary, how long it took and how it ended.</summary>
    public required Func<JobSummary, TimeSpan, JobStatus, JobReport> Report { get; init; }

    /// <summary>How many rows may fail.</summary>
    public AcceptedErrors Accepted { get; init; } = AcceptedErrors.None;

    /// <summary>Where the report is written too; null for nowhere.</summary>
    public string? SummaryPath { get; init; }

    /// <inheritdoc/>
    void IProgress<JobProgress>.Report(JobProgress value) => _pace.Take(value);

    /// <summary>Does the job, and writes its report; rows that failed, where they are not accepted, are one error.</summary>
    public void Run(Func<IProgress<JobProgress>, JobSummary> job)
    {
        try
        {
            var summary = While(() => job(this));
            var report = End(summary, JobReport.StatusOf(summary, Accepted));
            cmdlet.WriteObject(PlainLists.In(report));
            if (report.Status == JobStatus.SomeRowsFailed)
            {
                var error = new GptxException(GptxErrorKind.InvalidInput, "SomeRowsFailed", $"{report.Failed} of {report.Rows} rows failed: {report.Errors} lists them (-AcceptError says how many may)");
                cmdlet.WriteError(GptxErrorRecord.Of(error, report));
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            End(_pace.SoFar, JobStatus.Interrupted);
            throw;
        }
        catch (GptxException error) when (error.Kind is GptxErrorKind.OutputNotWritable or GptxErrorKind.InvalidInput)
        {
            cmdlet.ThrowTerminatingError(GptxErrorRecord.Of(error, End(_pace.SoFar, JobStatus.Stopped)));
        }
    }

    /// <summary>Writes what the job would take.</summary>
    public void Estimate(Func<JobEstimate> estimate) => cmdlet.WriteObject(While(estimate));

    private T While<T>(Func<T> work)
    {
        var running = Task.Run(work, CancellationToken.None);
        while (!((IAsyncResult)running).AsyncWaitHandle.WaitOne(Glance))
        {
            Show();
        }

        if (!cancellation.IsCancellationRequested)
        {
            _line.Complete();
        }

        return running.GetAwaiter().GetResult();
    }

    // A command that is told to stop may not write any more; the job ends then by itself.
    private void Show()
    {
        if (cancellation.IsCancellationRequested)
        {
            return;
        }

        try
        {
            _line.Report(_pace.Latest is null ? "reading" : $"{_pace}", _pace.Latest?.Share);
        }
        catch (PipelineStoppedException)
        {
            // StopProcessing comes next.
        }
    }

    private JobReport End(JobSummary summary, JobStatus status)
    {
        var report = Report(summary, _pace.Elapsed, status);
        if (SummaryPath is { } path)
        {
            JobReportJson.Save(report, path);
        }

        return report;
    }
}
