namespace Gptx.Projection;

/// <summary>Counts rows that several threads are done with, and tells.</summary>
internal sealed class RowCount(IProgress<ProjectionProgress>? progress, ProjectionStage stage, int total)
{
    private int _done;

    public void Add(int rows) => progress?.Report(new ProjectionProgress(stage, Interlocked.Add(ref _done, rows), total));
}
