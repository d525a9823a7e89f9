using System.Collections.Concurrent;
using Gptx.Rows;

namespace Gptx.Jobs;

/// <summary>Reads and tokenizes units on a thread of its own, a few ahead of the one that computes.</summary>
internal sealed class UnitQueue
{
    private const int Ahead = 2;

    /// <summary>How long a reading that was stopped is waited for: one that hangs, on standard input for example, ends with the process.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly IRowTask _task;
    private readonly TextJobOptions _options;
    private readonly RecordedWork _recorded;
    private readonly PriorRows? _prior;
    private readonly StageClock _clock;

    /// <summary>Reads for a job.</summary>
    public UnitQueue(IRowTask task, TextJobOptions options, RecordedWork recorded, PriorRows? prior, StageClock clock) =>
        (_task, _options, _recorded, _prior, _clock) = (task, options, recorded, prior, clock);

    /// <summary>The units of the job's shard, in order; those that are recorded whole already come without their rows prepared.</summary>
    public IEnumerable<(RowUnit Unit, PreparedUnit? Prepared)> Units(CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var queue = new BlockingCollection<(RowUnit Unit, PreparedUnit? Prepared)>(Ahead);
        var reading = Task.Factory.StartNew(() => Read(queue, stop.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            foreach (var unit in queue.GetConsumingEnumerable(cancellation))
            {
                yield return unit;
            }
        }
        finally
        {
            End(reading, stop, queue);
        }
    }

    // Where the reading failed, that is what went wrong; where whoever takes units has stopped, it is not.
    private static void End(Task reading, CancellationTokenSource stop, BlockingCollection<(RowUnit Unit, PreparedUnit? Prepared)> queue)
    {
        if (queue.IsCompleted)
        {
            reading.GetAwaiter().GetResult();
        }

        stop.Cancel();
        ((IAsyncResult)reading).AsyncWaitHandle.WaitOne(Patience);
    }

    private void Read(BlockingCollection<(RowUnit Unit, PreparedUnit? Prepared)> queue, CancellationToken cancellation)
    {
        try
        {
            for (var index = 0; index < _options.Sources.Count; index++)
            {
                var source = index;
                var reader = RowReaders.Of(_options.Sources[index], index, _options.Fields, _options.Limits, _options.MayBeChat);
                using var units = reader.Units(unit => _options.Shard.Takes(source, unit), cancellation).GetEnumerator();
                while (_clock.Time("reading", units.MoveNext))
                {
                    var unit = units.Current;
                    var prepared = _clock.Time("tokenizing", () => Prepare(unit));
                    queue.Add((unit, prepared), cancellation);
                }
            }
        }
        finally
        {
            queue.CompleteAdding();
        }
    }

    private PreparedUnit? Prepare(RowUnit unit)
    {
        if (!_recorded.Has(unit.Source, unit.Number))
        {
            return new PreparedUnit(unit, _task, _options, _prior);
        }

        foreach (var row in _prior is null ? [] : unit.Rows)
        {
            _prior!.Forget(RowNames.Of(row, _options.Sources[unit.Source].Name));
        }

        return null;
    }
}
