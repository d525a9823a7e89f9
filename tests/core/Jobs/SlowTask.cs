using Gptx.Inference;
using Gptx.Jobs;
using Gptx.Rows;

namespace Gptx.Tests.Jobs;

/// <summary>A task that never ends with rows that have a letter.</summary>
internal sealed class SlowTask(IRowTask task, char letter) : IRowTask
{
    public string Name => task.Name;

    public IReadOnlyList<RowColumn> Columns => task.Columns;

    public IReadOnlyList<KeyValuePair<string, string>> Settings => task.Settings;

    public string ModelHash => task.ModelHash;

    public TokenSequence Read(SourceRow row) => task.Read(row);

    public IReadOnlyList<object?[]> Compute(IReadOnlyList<TaskRow> rows, CancellationToken cancellation)
    {
        if (rows.Any(row => row.Tokens.Text!.Contains(letter, StringComparison.Ordinal)))
        {
            cancellation.WaitHandle.WaitOne();
            cancellation.ThrowIfCancellationRequested();
        }

        return task.Compute(rows, cancellation);
    }
}
