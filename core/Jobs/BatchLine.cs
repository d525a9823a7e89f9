namespace Gptx.Jobs;

/// <summary>
/// Computes batches on several processors, and hands them out in the order in which they came, so that what is recorded is the same however many there are. A few are
/// computed ahead; those are what a stop loses.
/// </summary>
/// <param name="workers">How many are computed at once.</param>
/// <param name="cancellation">Stops it.</param>
internal sealed class BatchLine(int workers, CancellationToken cancellation) : IDisposable
{
    /// <summary>How long batches that were stopped are waited for: one that hangs ends with the process.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
    private readonly TaskScheduler _scheduler = new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, workers).ConcurrentScheduler;
    private readonly Queue<(Task Work, Action Then)> _line = new();
    private int _computing;

    /// <summary>Tells batches that they are stopped.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>Lets something be computed, and done with when all before it is.</summary>
    public void Add<T>(Func<T> compute, Action<T> then)
    {
        while (_computing > workers)
        {
            FinishFirst();
        }

        var work = Task.Factory.StartNew(compute, _stop.Token, TaskCreationOptions.None, _scheduler);
        _computing++;
        _line.Enqueue((work, () =>
        {
            _computing--;
            then(work.Result);
        }
        ));
    }

    /// <summary>Lets something be done when all before it is.</summary>
    public void Add(Action then) => _line.Enqueue((Task.CompletedTask, then));

    /// <summary>Waits until all is done.</summary>
    public void Finish()
    {
        while (_line.Count > 0)
        {
            FinishFirst();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        ((IAsyncResult)Task.WhenAll(_line.Select(batch => batch.Work))).AsyncWaitHandle.WaitOne(Patience);
        _stop.Dispose();
    }

    private void FinishFirst()
    {
        var (work, then) = _line.Dequeue();
        work.GetAwaiter().GetResult();
        then();
    }
}
