using System.Management.Automation;
using Gptx.Jobs;

namespace Gptx.PowerShell;

/// <summary>Merge-TextJob: makes the output of a job that was done in shards. What the job was lies with what they recorded.</summary>
[Cmdlet(VerbsData.Merge, "TextJob", SupportsShouldProcess = true)]
[OutputType(typeof(JobReport))]
public sealed class MergeTextJobCommand : GptxCmdlet
{
    /// <summary>The output that the shards were given.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = "";

    /// <summary>The file that lists rows that failed. Default: beside the output.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ErrorPath { get; set; }

    /// <summary>At most so many failed rows count as done: a number, or a share such as 1%. Default 0.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? AcceptError { get; set; }

    /// <summary>A file into which the report is written too, as JSON.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SummaryPath { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForCommand(Destination, () =>
    {
        var (output, errors) = (JobPath.Destination(SessionState.Path, Destination), Full(ErrorPath));
        var job = new PipelineJob(this, Cancellation)
        {
            Report = (summary, elapsed, status) => JobReport.Of(output, errors, summary, elapsed, status),
            Accepted = AcceptError is { } accepted ? AcceptedErrors.Parse(accepted) : AcceptedErrors.None,
            SummaryPath = Full(SummaryPath),
        };
        if (ShouldProcess(output, "Join the shards of a job"))
        {
            job.Run(_ => JobMerge.Run(output, errors, Cancellation));
        }
    });

    private string? Full(string? path) => path is null ? null : SessionState.Path.GetUnresolvedProviderPathFromPSPath(path);
}
