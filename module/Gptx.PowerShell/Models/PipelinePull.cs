using System.Collections.Concurrent;
using System.Diagnostics;
using System.Management.Automation;
using Gptx.Checkpoints.Hub;

namespace Gptx.PowerShell;

/// <summary>
/// Looks models up while the pipeline's own thread, the only one that may write, shows what is pulled: how large it is before, then how far, how
/// fast and how long still.
/// </summary>
internal sealed class PipelinePull(GptxCmdlet cmdlet, CancellationToken cancellation, bool isOffline) : IProgress<PullProgress>
{
    private const int ProgressId = 7;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.25);
    private static readonly string[] Shown = ["PSHOST"];
    private readonly BlockingCollection<Action> _writes = [];
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private PullProgress? _latest;
    private string? _activity;

    /// <summary>Where the hub is, and whether it may be asked.</summary>
    public HubSettings Settings()
    {
        var settings = HubSettings.OfProcess();
        return settings with { Offline = settings.Offline || isOffline };
    }

    /// <summary>Says something to the person: that an attempt is made again.</summary>
    public void Notice(string message) => _writes.Add(() => cmdlet.WriteWarning(message));

    /// <summary>Says how large a pull is, before it begins.</summary>
    public void Announce(PullPlan plan)
    {
        var files = plan.MissingFiles == 1 ? "1 file" : $"{plan.MissingFiles} files";
        var message = $"pulling {plan.Name} ({plan.Revision}): {ByteSize.Text(plan.MissingBytes)} in {files}, into {plan.Folder}";
        _activity = $"Pulling {plan.Name}";
        _clock.Restart();
        _writes.Add(() => cmdlet.WriteInformation(new HostInformationMessage { Message = message }, Shown));
    }

    /// <inheritdoc/>
    public void Report(PullProgress value) => _latest = value;

    /// <summary>Does work on another thread, and shows here what it says.</summary>
    public T While<T>(Func<HubAccess, T> work)
    {
        var access = new HubAccess { Settings = Settings, Announce = Announce, Notice = Notice, Progress = this, Cancellation = cancellation };
        var running = Task.Run(() => work(access), CancellationToken.None);
        while (!running.IsCompleted)
        {
            if (_writes.TryTake(out var write, Interval))
            {
                write();
            }

            ShowProgress();
        }

        while (_writes.TryTake(out var left))
        {
            left();
        }

        if (_activity is not null)
        {
            cmdlet.WriteProgress(new ProgressRecord(ProgressId, _activity, "done") { RecordType = ProgressRecordType.Completed });
        }

        return running.GetAwaiter().GetResult();
    }

    private void ShowProgress()
    {
        if (_latest is not { TotalBytes: > 0 } progress || _activity is null)
        {
            return;
        }

        var rate = progress.DoneBytes / Math.Max(_clock.Elapsed.TotalSeconds, 0.001);
        cmdlet.WriteProgress(new ProgressRecord(
            ProgressId, _activity, $"{ByteSize.Text(progress.DoneBytes)} of {ByteSize.Text(progress.TotalBytes)}, {ByteSize.Text((long)rate)}/s")
        {
            PercentComplete = (int)(100 * progress.DoneBytes / progress.TotalBytes),
            SecondsRemaining = rate > 0 ? (int)Math.Min((progress.TotalBytes - progress.DoneBytes) / rate, int.MaxValue) : -1,
        });
    }
}
