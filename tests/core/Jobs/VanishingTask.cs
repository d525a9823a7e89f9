using Gptx.Inference;
using Gptx.Jobs;
using Gptx.Rows;

namespace Gptx.Tests.Jobs;

/// <summary>A task during which something happens, once.</summary>
internal sealed class VanishingTask(IRowTask task, Action once) : IRowTask
{
    private Action? _once = once;

    public string Name => task.Name;

    public IReadOnlyList<RowColumn> Columns => task.Columns;

    public IReadOnlyList<KeyValuePair<string, string>> Settings => task.Settings;

    public string ModelHash => task.ModelHash;

    public TokenSequence Read(SourceRow row) => task.Read(row);

    public IReadOnlyList<object?[]> Compute(IReadOnlyList<TaskRow> rows, CancellationToken cancellation)
    {
        Interlocked.Exchange(ref _once, null)?.Invoke();
        return task.Compute(rows, cancellation);
    }
}
