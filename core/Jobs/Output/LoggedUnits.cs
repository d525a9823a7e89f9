using Gptx.Jobs.Log;

namespace Gptx.Jobs.Output;

/// <summary>The units of several logs, in the order of the sources. One unit of each log is held at a time.</summary>
internal static class LoggedUnits
{
    /// <summary>All units with their rows in order.</summary>
    public static IEnumerable<(LoggedUnit Unit, LoggedRow[] Rows)> Of(IReadOnlyList<string> logs)
    {
        var queue = new PriorityQueue<IEnumerator<(LoggedUnit Unit, LoggedRow[] Rows)>, (int Source, long Unit)>();
        try
        {
            foreach (var log in logs)
            {
                Advance(queue, Read(log).GetEnumerator());
            }

            while (queue.TryDequeue(out var first, out _))
            {
                var current = first.Current;
                Advance(queue, first);
                yield return current;
            }
        }
        finally
        {
            while (queue.TryDequeue(out var left, out _))
            {
                left.Dispose();
            }
        }
    }

    private static void Advance(
        PriorityQueue<IEnumerator<(LoggedUnit Unit, LoggedRow[] Rows)>, (int Source, long Unit)> queue, IEnumerator<(LoggedUnit Unit, LoggedRow[] Rows)> units)
    {
        if (units.MoveNext())
        {
            queue.Enqueue(units, (units.Current.Unit.Source, units.Current.Unit.Unit));
        }
        else
        {
            units.Dispose();
        }
    }

    private static IEnumerable<(LoggedUnit Unit, LoggedRow[] Rows)> Read(string log)
    {
        var rows = new List<LoggedRow>();
        foreach (var frame in FrameFile.Read(log))
        {
            switch (LogFrames.Parse(frame))
            {
                case LoggedBatch batch:
                    rows.AddRange(batch.Rows);
                    break;
                case LoggedUnit unit:
                    yield return (unit, [.. rows.OrderBy(row => row.Order)]);
                    rows.Clear();
                    break;
                case null:
                    yield break;
            }
        }
    }
}
