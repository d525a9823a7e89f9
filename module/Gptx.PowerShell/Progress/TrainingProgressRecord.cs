using System.Management.Automation;
using Gptx.Tokenization.Training;

namespace Gptx.PowerShell;

/// <summary>
/// Shows how far a training is. Several threads report; only the pipeline's own may write, and what the others know it will know when its
/// turn comes.
/// </summary>
internal sealed class TrainingProgressRecord(Action<ProgressRecord> write) : IProgress<TrainingProgress>
{
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly ProgressLine _line = new("Learning a tokenizer", write);

    public void Report(TrainingProgress value)
    {
        if (Environment.CurrentManagedThreadId != _thread)
        {
            return;
        }

        if (value.Stage == TrainingStage.Merging)
        {
            _line.Report($"{value.Done} of {value.Total} tokens", (double)value.Done / Math.Max(value.Total ?? 1, 1));
        }
        else
        {
            _line.Report($"{value.Done / 1e6:0} million characters counted");
        }
    }

    /// <summary>Takes the bar away.</summary>
    public void Complete() => _line.Complete();
}
