using System.Globalization;
using Gptx.Jobs.Log;

namespace Gptx.Jobs;

/// <summary>Computes the rows of one batch. Where that fails because of one of them, or takes too long, each is tried alone, so that the others have their results.</summary>
internal sealed class BatchRun(IRowTask task, PreparedUnit unit, TimeSpan? timeout, CancellationToken cancellation)
{
    /// <summary>Every row of a batch with its result or its fault.</summary>
    public IReadOnlyList<LoggedRow> Compute(int[] rows)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (timeout is { } most)
        {
            limit.CancelAfter(most);
        }

        try
        {
            var results = task.Compute([.. rows.Select(unit.TaskRow)], limit.Token);
            return [.. rows.Select((row, place) => unit.Done(row, task.Columns, results[place]))];
        }
        catch (GptxException fault) when (fault.Kind == GptxErrorKind.InvalidInput)
        {
            return Alone(rows, new LoggedFault(fault.ErrorId, fault.Message));
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            var seconds = timeout!.Value.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            return Alone(rows, new LoggedFault("RowTimedOut", $"the row took longer than {seconds} s (--row-timeout); --resume tries it again", MayPass: true));
        }
    }

    private IReadOnlyList<LoggedRow> Alone(int[] rows, LoggedFault fault) => rows is [var row] ? [unit.Failed(row, fault)] : [.. rows.SelectMany(one => Compute([one]))];
}
