using System.Management.Automation;
using Gptx.Projection;

namespace Gptx.PowerShell;

/// <summary>
/// Shows how far a projection is. Several threads report; only the pipeline's own may write, and what the others know it will know when its
/// turn comes.
/// </summary>
internal sealed class ProjectionProgressRecord(Action<ProgressRecord> write) : IProgress<ProjectionProgress>
{
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly ProgressLine _line = new("Laying vectors out", write);

    public void Report(ProjectionProgress value)
    {
        if (Environment.CurrentManagedThreadId == _thread)
        {
            _line.Report($"{value.Stage}: {value.Done} of {value.Total}", (double)value.Done / Math.Max(value.Total, 1));
        }
    }

    /// <summary>Takes the bar away.</summary>
    public void Complete() => _line.Complete();
}
