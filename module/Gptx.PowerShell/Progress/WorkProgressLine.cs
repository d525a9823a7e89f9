using System.Management.Automation;

namespace Gptx.PowerShell;

/// <summary>Shows how far a long piece of work of the library is. Several threads may report; only the pipeline's own may write.</summary>
internal sealed class WorkProgressLine(string activity, Action<ProgressRecord> write) : IProgress<WorkProgress>, IDisposable
{
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly ProgressLine _line = new(activity, write);

    public void Report(WorkProgress value)
    {
        if (Environment.CurrentManagedThreadId == _thread)
        {
            _line.Report(value.What, value.Done / (double)Math.Max(value.Total, 1));
        }
    }

    /// <summary>Takes the line away.</summary>
    public void Dispose() => _line.Complete();
}
