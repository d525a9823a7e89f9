using System.Diagnostics;
using System.Management.Automation;
using Gptx.Tokenization.Training;

namespace Gptx.PowerShell;

/// <summary>
/// Shows how far a training is, after a second. Several threads report; only the pipeline's own may write, and what the others know it will
/// know when its turn comes.
/// </summary>
internal sealed class TrainingProgressRecord(Action<ProgressRecord> write) : IProgress<TrainingProgress>
{
    private const string Activity = "Learning a tokenizer";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.2);
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _last;

    public void Report(TrainingProgress value)
    {
        if (Environment.CurrentManagedThreadId != _thread || _clock.Elapsed < Patience || _clock.Elapsed - _last < Interval)
        {
            return;
        }

        _last = _clock.Elapsed;
        write(Record(value));
    }

    /// <summary>Takes the bar away.</summary>
    public void Complete() => write(new ProgressRecord(0, Activity, "done") { RecordType = ProgressRecordType.Completed });

    private static ProgressRecord Record(TrainingProgress progress) => progress.Stage == TrainingStage.Merging
        ? new ProgressRecord(0, Activity, $"{progress.Done} of {progress.Total} tokens") { PercentComplete = (int)(100 * progress.Done / Math.Max(progress.Total ?? 1, 1)) }
        : new ProgressRecord(0, Activity, $"{progress.Done / 1e6:0} million characters counted") { PercentComplete = -1 };
}
