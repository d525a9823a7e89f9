using System.Collections.Concurrent;
using System.Management.Automation;
using Gptx.Checkpoints.Hub;

namespace Gptx.PowerShell;

/// <summary>
/// Looks models up while the pipeline's own thread, the only one that may write, shows what is pulled: how large it is before, then how far, how
/// fast and how long still.
/// </summary>
internal sealed class PipelinePull(GptxCmdlet cmdlet, CancellationToken cancellation, bool isOffline = false) : IProgress<PullProgress>
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);
    private static readonly string[] Shown = ["PSHOST"];
    private readonly BlockingCollection<Action> _writes = [];
    private readonly ProgressLine _line = new("Pulling a model", cmdlet.WriteProgress);
    private PullProgress? _latest;

    /// <summary>Where the hub is, and whether it may be asked.</summary>
    public HubSettings Settings()
    {
        var settings = HubSettings.OfProcess();
        return settings with { Offline = settings.Offline || isOffline };
    }

    /// <summary>Says something to the person: that an attempt is made again.</summary>
    public void Notice(string message) => _writes.Add(() => cmdlet.WriteWarning(message));

    /// <summary>Says how large a pull is, before it begins.</summary>
    public void Announce(PullPlan plan) => _writes.Add(() => cmdlet.WriteInformation(new HostInformationMessage { Message = plan.ToString() }, Shown));

    /// <inheritdoc/>
    public void Report(PullProgress value) => _latest = value;

    /// <summary>Does work on another thread, and shows here what it says.</summary>
    public T While<T>(Func<HubAccess, T> work)
    {
        var access = new HubAccess { Settings = Settings, Announce = Announce, Notice = Notice, Progress = this, Cancellation = cancellation };
        var running = Task.Run(() => work(access), CancellationToken.None);
        while (!running.IsCompleted || _writes.Count > 0)
        {
            if (_writes.TryTake(out var write, Glance))
            {
                write();
            }

            ShowProgress();
        }

        _line.Complete();
        return running.GetAwaiter().GetResult();
    }

    private void ShowProgress()
    {
        if (_latest is not { TotalBytes: > 0 } progress)
        {
            return;
        }

        var rate = progress.DoneBytes / Math.Max(_line.Elapsed.TotalSeconds, 0.001);
        var left = TimeSpan.FromSeconds(Math.Ceiling(Math.Min((progress.TotalBytes - progress.DoneBytes) / Math.Max(rate, 1), 1e6)));
        _line.Report(
            $"{progress.Name}: {ByteSize.Text(progress.DoneBytes)} of {ByteSize.Text(progress.TotalBytes)}, {ByteSize.Text((long)rate)}/s, {left:g} left",
            (double)progress.DoneBytes / progress.TotalBytes);
    }
}
