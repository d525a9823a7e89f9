using System.Diagnostics;

namespace Gptx.Jobs;

/// <summary>What a job would take, found by reading and tokenizing all rows and computing a few of them.</summary>
/// <param name="Rows">Rows of the input, those that cannot be read among them.</param>
/// <param name="Failed">Rows that cannot be read.</param>
/// <param name="Tokens">Tokens that would be computed.</param>
/// <param name="Seconds">How long computing them would take on this machine, now; null where there is nothing to compute.</param>
/// <param name="PeakMemory">The most memory of this process so far, in bytes: a job needs little more.</param>
public sealed record JobEstimate(long Rows, long Failed, long Tokens, double? Seconds, long PeakMemory)
{
    private static readonly TimeSpan Trial = TimeSpan.FromSeconds(3);

    /// <summary>Estimates a job, or the shard of it that the options name. Nothing is written.</summary>
    public static JobEstimate Of(IRowTask task, TextJobOptions options, CancellationToken cancellation = default)
    {
        var (rows, failed, tokens, tried) = (0L, 0L, 0L, 0L);
        var clock = new Stopwatch();
        foreach (var (_, prepared) in new UnitQueue(task, options, new RecordedWork(_ => false), null, new StageClock()).Units(cancellation))
        {
            var unit = prepared!;
            var run = new BatchRun(task, unit, null, cancellation);
            foreach (var batch in unit.Batches)
            {
                var ofBatch = batch.Sum(row => (long)unit.TaskRow(row).Tokens.Count);
                tokens += ofBatch;
                if (clock.Elapsed < Trial)
                {
                    clock.Start();
                    _ = run.Compute(batch);
                    clock.Stop();
                    tried += ofBatch;
                }
            }

            rows += unit.Unit.Rows.Count;
            failed += unit.Settled?.Rows.Count ?? 0;
        }

        using var process = Process.GetCurrentProcess();
        return new JobEstimate(rows, failed, tokens, tried > 0 ? clock.Elapsed.TotalSeconds * tokens / tried / BatchSize.Workers(task, options) : null, process.PeakWorkingSet64);
    }

    /// <summary>In one line.</summary>
    public override string ToString()
    {
        var time = Seconds is { } seconds ? $"about {TimeSpan.FromSeconds(Math.Ceiling(seconds)):g} of computing" : "nothing to compute";
        return $"{Rows} rows, {Failed} of them unreadable; {Tokens} tokens; {time}; {PeakMemory >> 20} MiB of memory";
    }
}
