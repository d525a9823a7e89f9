namespace Gptx.Embeddings;

/// <summary>
/// One pass over a table for a batch of queries. Rows go in chunks to the cores; in a chunk, four rows at a time are widened to float64 and meet
/// a block of queries that fits into the second-level cache, two by two. The first query of the batch is number <c>firstQuery</c>.
/// </summary>
internal sealed class TableScan(VectorTable table, double[] norms, PaddedVectors queries, NearestOptions options, int[]? rows, int firstQuery)
{
    private const int ChunkRows = 256;
    private const int TileRows = 4;
    private const int BlockQueries = 32;

    private readonly double[] _queryNorms = [.. Enumerable.Range(0, queries.Count).Select(q => MetricScore.Norm(queries.From(q)))];

    private int RowCount => rows?.Length ?? table.Count;

    public Neighbour[][] Run(CancellationToken cancellation)
    {
        BestNeighbours[] all = NewHeaps();
        var parallel = new ParallelOptions
        {
            CancellationToken = cancellation,
            MaxDegreeOfParallelism = options.Threads == 0 ? Environment.ProcessorCount : options.Threads,
        };
        Parallel.For(0, (RowCount + ChunkRows - 1) / ChunkRows, parallel,
            () => new Worker(NewHeaps(), new PaddedVectors(TileRows, table.Width), new float[table.Width]),
            (chunk, _, worker) =>
            {
                ScanChunk(chunk * ChunkRows, worker);
                return worker;
            },
            worker => Merge(worker.Heaps, all));
        return Array.ConvertAll(all, heap => heap.Take());
    }

    private void ScanChunk(int first, Worker worker)
    {
        int end = Math.Min(first + ChunkRows, RowCount);
        Span<int> tile = stackalloc int[TileRows];
        for (int query = 0; query < queries.Count; query += BlockQueries)
        {
            int queryEnd = Math.Min(query + BlockQueries, queries.Count);
            for (int place = first; place < end; place += TileRows)
            {
                int count = Load(place, end, tile, worker);
                ScanTile(tile[..count], query, queryEnd, worker);
            }
        }
    }

    // Widens up to four rows that are wanted; the places beyond the last one keep what they had and are not looked at.
    private int Load(int place, int end, Span<int> tile, Worker worker)
    {
        int count = 0;
        for (int next = place; next < Math.Min(place + TileRows, end); next++)
        {
            int row = rows is null ? next : rows[next];
            if (options.Exclude?.Contains(row) != true)
            {
                worker.Tile.Set(count, table.Row(row, worker.Scratch));
                tile[count++] = row;
            }
        }

        return count;
    }

    private void ScanTile(ReadOnlySpan<int> tile, int query, int queryEnd, Worker worker)
    {
        Span<double> sums = stackalloc double[2 * TileRows];
        for (; query + 1 < queryEnd; query += 2)
        {
            Sum(query, 2, worker, sums);
            Offer(tile, query, sums[..TileRows], worker.Heaps[query]);
            Offer(tile, query + 1, sums[TileRows..], worker.Heaps[query + 1]);
        }

        if (query < queryEnd)
        {
            Sum(query, 1, worker, sums);
            Offer(tile, query, sums[..TileRows], worker.Heaps[query]);
        }
    }

    private void Sum(int query, int count, Worker worker, Span<double> sums)
    {
        ReadOnlySpan<double> tile = worker.Tile.From(0, TileRows);
        ReadOnlySpan<double> block = queries.From(query, count);
        switch (options.Metric == VectorMetric.Euclidean, count)
        {
            case (true, 2): PairSums<SquaredDifferenceTerm>.FourByTwo(tile, block, queries.Padded, sums); break;
            case (true, _): PairSums<SquaredDifferenceTerm>.FourByOne(tile, block, queries.Padded, sums); break;
            case (false, 2): PairSums<ProductTerm>.FourByTwo(tile, block, queries.Padded, sums); break;
            case (false, _): PairSums<ProductTerm>.FourByOne(tile, block, queries.Padded, sums); break;
        }
    }

    private void Offer(ReadOnlySpan<int> tile, int query, ReadOnlySpan<double> sums, BestNeighbours heap)
    {
        for (int place = 0; place < tile.Length; place++)
        {
            int row = tile[place];
            if (!options.ExcludeOwnRow || row != firstQuery + query)
            {
                heap.Offer(row, MetricScore.From(options.Metric, sums[place], norms[row], _queryNorms[query]));
            }
        }
    }

    private BestNeighbours[] NewHeaps() =>
        [.. Enumerable.Range(0, queries.Count).Select(_ => new BestNeighbours(options.Top, options.Metric))];

    private static void Merge(BestNeighbours[] some, BestNeighbours[] all)
    {
        lock (all)
        {
            for (int query = 0; query < all.Length; query++)
            {
                all[query].OfferAll(some[query]);
            }
        }
    }

    private sealed record Worker(BestNeighbours[] Heaps, PaddedVectors Tile, float[] Scratch);
}
