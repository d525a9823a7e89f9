using System.Runtime.InteropServices;

namespace Gptx.Embeddings;

/// <summary>
/// One pass over a table for a batch of queries. Rows go in chunks to the cores; in a chunk, four rows at a time meet a block of queries that fits into the second-level cache. Products
/// are taken in float32 first; only of rows that could be among the best (<see cref="ScanLimit"/>) is the score computed, in float64, so the answer is as exact
/// as if all had been. The first query of the batch is number <c>firstQuery</c>.
/// </summary>
internal sealed class TableScan(VectorTable table, double[] norms, QueryBatch queries, NearestOptions options, int[]? rows, int firstQuery)
{
    private const int ChunkRows = 256;
    private const int BlockQueries = 48;

    private readonly double _error = FloatProducts.Error(table.Width);

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
            () => new Worker(this),
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
        Span<int> tile = stackalloc int[FloatProducts.TileRows];
        for (int query = 0; query < queries.Count; query += BlockQueries)
        {
            int queryEnd = Math.Min(query + BlockQueries, queries.Count);
            for (int place = first; place < end; place += FloatProducts.TileRows)
            {
                int count = Wanted(place, end, tile);
                if (count > 0)
                {
                    ScanTile(tile, count, query, queryEnd, worker);
                }
            }
        }
    }

    // Up to four rows that are wanted; the places beyond the last repeat the first and are not looked at.
    private int Wanted(int place, int end, Span<int> tile)
    {
        int count = 0;
        for (int next = place; next < Math.Min(place + FloatProducts.TileRows, end); next++)
        {
            int row = rows is null ? next : rows[next];
            if (options.Exclude?.Contains(row) != true)
            {
                tile[count++] = row;
            }
        }

        tile[count..].Fill(count > 0 ? tile[0] : 0);
        return count;
    }

    private void ScanTile(ReadOnlySpan<int> tile, int count, int query, int queryEnd, Worker worker)
    {
        var loaded = new RowTile(
            ref Start(table.Row(tile[0], worker.Scratch[0])),
            ref Start(table.Row(tile[1], worker.Scratch[1])),
            ref Start(table.Row(tile[2], worker.Scratch[2])),
            ref Start(table.Row(tile[3], worker.Scratch[3])));
        Span<float> products = stackalloc float[FloatProducts.TileRows * FloatProducts.TileQueries];
        for (; query + FloatProducts.TileQueries <= queryEnd; query += FloatProducts.TileQueries)
        {
            FloatProducts.FourByThree(loaded, queries.Singles(query, FloatProducts.TileQueries), table.Width, products);
            for (int which = 0; which < FloatProducts.TileQueries; which++)
            {
                Offer(tile[..count], query + which, products[(which * FloatProducts.TileRows)..], worker);
            }
        }

        for (; query < queryEnd; query++)
        {
            FloatProducts.FourByOne(loaded, queries.Singles(query, 1), products);
            Offer(tile[..count], query, products, worker);
        }
    }

    private void Offer(ReadOnlySpan<int> tile, int query, ReadOnlySpan<float> products, Worker worker)
    {
        for (int place = 0; place < tile.Length; place++)
        {
            int row = tile[place];
            if (worker.Limits[query].Passes(products[place], norms[row]) && (!options.ExcludeOwnRow || row != firstQuery + query))
            {
                worker.Heaps[query].Offer(row, ExactScore(row, query, worker));
                worker.Limits[query] = LimitOf(query, worker.Heaps[query]);
            }
        }
    }

    private double ExactScore(int row, int query, Worker worker)
    {
        worker.Exact.Set(0, table.Row(row, worker.Scratch[FloatProducts.TileRows]));
        ReadOnlySpan<double> widened = worker.Exact.From(0);
        ReadOnlySpan<double> asked = queries.Doubles(query);
        double sum = options.Metric == VectorMetric.Euclidean ? PairSums<SquaredDifferenceTerm>.One(widened, asked) : PairSums<ProductTerm>.One(widened, asked);
        return MetricScore.From(options.Metric, sum, norms[row], queries.Norm(query));
    }

    private ScanLimit LimitOf(int query, BestNeighbours heap) => new(options.Metric, heap.Worst, queries.Norm(query), _error);

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

    private static ref float Start(ReadOnlySpan<float> row) => ref MemoryMarshal.GetReference(row);

    private sealed class Worker
    {
        public Worker(TableScan scan)
        {
            Heaps = scan.NewHeaps();
            Limits = [.. Heaps.Select((heap, query) => scan.LimitOf(query, heap))];
            Scratch = [.. Enumerable.Range(0, FloatProducts.TileRows + 1).Select(_ => new float[scan.Width])];
            Exact = new PaddedVectors(1, scan.Width);
        }

        public BestNeighbours[] Heaps { get; }

        public ScanLimit[] Limits { get; }

        public float[][] Scratch { get; }

        public PaddedVectors Exact { get; }
    }

    private int Width => table.Width;
}
