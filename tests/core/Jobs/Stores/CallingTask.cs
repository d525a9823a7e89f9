using Gptx.Inference;
using Gptx.Jobs;
using Gptx.Rows;

namespace Gptx.Tests.Jobs.Stores;

/// <summary>A task that does something else too, once, while it computes.</summary>
internal sealed class CallingTask(IRowTask task, Action call) : IRowTask
{
    public bool WasCalled { get; private set; }

    public string Name => task.Name;

    public IReadOnlyList<RowColumn> Columns => task.Columns;

    public IReadOnlyList<KeyValuePair<string, string>> Settings => task.Settings;

    public string ModelHash => task.ModelHash;

    public TokenSequence Read(SourceRow row) => task.Read(row);

    public IReadOnlyList<object?[]> Compute(IReadOnlyList<TaskRow> rows, CancellationToken cancellation)
    {
        if (!WasCalled)
        {
            WasCalled = true;
            call();
        }

        return task.Compute(rows, cancellation);
    }
}
