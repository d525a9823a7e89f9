using System.Diagnostics;
using System.Management.Automation;
using Gptx.Projection;

namespace Gptx.PowerShell;

/// <summary>
/// Shows how far a projection is, after a second. Several threads report; only the pipeline's own may write, and what the others know it will know when its turn comes.
/// </summary>
internal sealed class ProjectionProgressRecord(Action<ProgressRecord> write) : IProgress<ProjectionProgress>
{
    private const string Activity = "Laying vectors out";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.2);
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _last;

    public void Report(ProjectionProgress value)
    {
        if (Environment.CurrentManagedThreadId != _thread || _clock.Elapsed < Patience || _clock.Elapsed - _last < Interval)
        {
            return;
        }

        _last = _clock.Elapsed;
        write(new ProgressRecord(0, Activity, $"{value.Stage}: {value.Done} of {value.Total}") { PercentComplete = (int)(100L * value.Done / Math.Max(value.Total, 1)) });
    }

    /// <summary>Takes the bar away.</summary>
    public void Complete() => write(new ProgressRecord(0, Activity, "done") { RecordType = ProgressRecordType.Completed });
}
