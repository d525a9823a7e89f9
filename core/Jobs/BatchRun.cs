using Gptx.Jobs.Log;

namespace Gptx.Jobs;

/// <summary>Computes the rows of one batch. Where that fails because of one of them, each is tried alone, so that the others have their results.</summary>
internal sealed class BatchRun(IRowTask task, PreparedUnit unit, CancellationToken cancellation)
{
    /// <summary>Every row of a batch with its result or its fault.</summary>
    public IReadOnlyList<LoggedRow> Compute(int[] rows)
    {
        try
        {
            var results = task.Compute([.. rows.Select(unit.TaskRow)], cancellation);
            return [.. rows.Select((row, place) => unit.Done(row, task.Columns, results[place]))];
        }
        catch (GptxException fault) when (fault.Kind == GptxErrorKind.InvalidInput && rows.Length == 1)
        {
            return [unit.Failed(rows[0], new LoggedFault(fault.ErrorId, fault.Message))];
        }
        catch (GptxException fault) when (fault.Kind == GptxErrorKind.InvalidInput)
        {
            return [.. rows.SelectMany(row => Compute([row]))];
        }
    }
}
