using System.Management.Automation;

namespace Gptx.PowerShell;

/// <summary>
/// Shows how far a command is, by Write-Progress: nothing in the first second, then five times a second. What is quick stays quiet, and
/// $ProgressPreference silences it all. Only the pipeline's own thread may report.
/// </summary>
/// <param name="activity">What is done, such as "Embedding texts".</param>
/// <param name="write">Takes a record: the cmdlet's WriteProgress.</param>
/// <param name="clock">Tells the time; null for the system's.</param>
public sealed class ProgressLine(string activity, Action<ProgressRecord> write, TimeProvider? clock = null)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.2);
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly long _began = (clock ?? TimeProvider.System).GetTimestamp();
    private TimeSpan _last;
    private bool _isShown;

    /// <summary>How long it has been going on.</summary>
    public TimeSpan Elapsed => _clock.GetElapsedTime(_began);

    /// <summary>Shows a line, unless it is too early or the last one is too new.</summary>
    /// <param name="status">How far it is, such as "120 texts".</param>
    /// <param name="share">How much of it is done, 0 to 1; null if nobody knows how much there is.</param>
    public void Report(string status, double? share = null)
    {
        var now = Elapsed;
        if (now < Patience || now - _last < Interval)
        {
            return;
        }

        _last = now;
        _isShown = true;
        write(new ProgressRecord(0, activity, status) { PercentComplete = share is { } done ? (int)(100 * Math.Clamp(done, 0, 1)) : -1 });
    }

    /// <summary>Takes the line away, if it was shown.</summary>
    public void Complete()
    {
        if (_isShown)
        {
            write(new ProgressRecord(0, activity, "done") { RecordType = ProgressRecordType.Completed });
            _isShown = false;
        }
    }
}
