namespace Gptx.Projection;

/// <summary>
/// Loops over rows on several threads. Blocks of rows are the same at any number of threads and each row writes only what is its own, so results
/// do not depend on who computes what; sums over rows are taken block by block, and the blocks in their order.
/// </summary>
internal sealed class RowLoop(int threads, CancellationToken cancellation)
{
    private readonly ParallelOptions _options = new()
    {
        MaxDegreeOfParallelism = threads == 0 ? Environment.ProcessorCount : threads,
        CancellationToken = cancellation,
    };

    public CancellationToken Cancellation => cancellation;

    /// <summary>Calls <paramref name="work"/> with the first row of each block and the row after its last.</summary>
    public void Run(int count, int block, Action<int, int> work)
    {
        cancellation.ThrowIfCancellationRequested();
        var blocks = (count + block - 1) / block;
        if (blocks <= 1 || _options.MaxDegreeOfParallelism == 1)
        {
            for (var index = 0; index < blocks; index++)
            {
                cancellation.ThrowIfCancellationRequested();
                work(index * block, Math.Min(count, (index + 1) * block));
            }

            return;
        }

        Parallel.For(0, blocks, _options, index => work(index * block, Math.Min(count, (index + 1) * block)));
    }

    /// <summary>The sum of what <paramref name="part"/> gives for each block, added in the order of the blocks.</summary>
    public double Sum(int count, int block, Func<int, int, double> part)
    {
        var parts = new double[(count + block - 1) / block];
        Run(count, block, (first, end) => parts[first / block] = part(first, end));
        return parts.Sum();
    }
}
