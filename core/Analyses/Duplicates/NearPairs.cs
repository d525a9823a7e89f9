using System.Runtime.InteropServices;
using Gptx.Embeddings;

namespace Gptx.Analyses;

/// <summary>
/// Joins rows whose vectors have at least a cosine, by comparing all with all: a block of rows at a time with all rows before it. Products are taken in float32 first; only where they leave it
/// open is the cosine computed, in float64. What is joined already is not computed again.
/// </summary>
/// <param name="table">The vectors.</param>
/// <param name="rows">The rows that are compared.</param>
/// <param name="options">From which cosine on, and on how many processors.</param>
/// <param name="sets">What is joined.</param>
internal sealed class NearPairs(VectorTable table, int[] rows, DuplicateOptions options, DisjointSets sets)
{
    private const int BlockRows = 768;
    private const int ChunkRows = 256;
    private const int Together = 48;

    private readonly double[] _norms = new double[rows.Length];

    /// <summary>Does it.</summary>
    public void Join(IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        var parallel = new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = options.Threads == 0 ? Environment.ProcessorCount : options.Threads };
        for (var first = 0; first < rows.Length; first += BlockRows)
        {
            var block = new Block(this, first, Math.Min(BlockRows, rows.Length - first));
            var end = first + block.Count;
            Parallel.For(0, (end + ChunkRows - 1) / ChunkRows, parallel, () => new Scratch(table.Width), (chunk, _, scratch) =>
            {
                Scan(block, chunk * ChunkRows, Math.Min(end, (chunk + 1) * ChunkRows), scratch);
                return scratch;
            }, _ => { });
            progress?.Report(WorkShare.Of($"comparing, {end} of {rows.Length} rows", (double)end / rows.Length * end / rows.Length));
        }
    }

    private void Scan(Block block, int first, int end, Scratch scratch)
    {
        for (var query = 0; query < block.Count; query += Together)
        {
            for (var place = first; place < end; place += FloatProducts.TileRows)
            {
                // Each pair once: the row of the block is the later one.
                if (place <= block.First + Math.Min(query + Together, block.Count) - 1)
                {
                    ScanTile(block, place, end, query, Math.Min(query + Together, block.Count), scratch);
                }
            }
        }
    }

    private void ScanTile(Block block, int place, int end, int query, int queryEnd, Scratch scratch)
    {
        var count = Math.Min(FloatProducts.TileRows, end - place);
        var tile = new RowTile(
            ref Start(place, scratch, 0), ref Start(Math.Min(place + 1, end - 1), scratch, 1), ref Start(Math.Min(place + 2, end - 1), scratch, 2), ref Start(Math.Min(place + 3, end - 1), scratch, 3));
        Span<float> products = stackalloc float[FloatProducts.TileRows * FloatProducts.TileQueries];
        for (; query + FloatProducts.TileQueries <= queryEnd; query += FloatProducts.TileQueries)
        {
            FloatProducts.FourByThree(tile, block.Singles(query, FloatProducts.TileQueries), table.Width, products);
            for (var which = 0; which < FloatProducts.TileQueries; which++)
            {
                Look(block, query + which, place, count, products[(which * FloatProducts.TileRows)..], scratch);
            }
        }

        for (; query < queryEnd; query++)
        {
            FloatProducts.FourByOne(tile, block.Singles(query, 1), products);
            Look(block, query, place, count, products, scratch);
        }
    }

    private void Look(Block block, int query, int place, int count, ReadOnlySpan<float> products, Scratch scratch)
    {
        for (var which = 0; which < count && place + which < block.First + query; which++)
        {
            if (block.Limit(query).Passes(products[which], _norms[place + which]))
            {
                Decide(rows[place + which], rows[block.First + query], _norms[place + which] * _norms[block.First + query], scratch);
            }
        }
    }

    private void Decide(int row, int other, double norms, Scratch scratch)
    {
        lock (sets)
        {
            if (sets.First(row) == sets.First(other))
            {
                return;
            }
        }

        if (norms > 0 && scratch.Product(table, row, other) / norms >= options.Threshold)
        {
            lock (sets)
            {
                sets.Join(row, other);
            }
        }
    }

    private ref float Start(int place, Scratch scratch, int which) => ref MemoryMarshal.GetReference(table.Row(rows[place], scratch.Rows[which]));

    /// <summary>Rows that are compared with all before them: their numbers one after another, and what their products must reach.</summary>
    private sealed class Block
    {
        private readonly float[] _values;
        private readonly ScanLimit[] _limits;
        private readonly int _width;

        public Block(NearPairs pairs, int first, int count)
        {
            (First, Count, _width) = (first, count, pairs.Width);
            _values = new float[(long)count * _width];
            _limits = new ScanLimit[count];
            var (scratch, wide) = (new float[_width], new PaddedVectors(1, _width));
            for (var row = 0; row < count; row++)
            {
                var vector = pairs.Vector(first + row, scratch);
                vector.CopyTo(_values.AsSpan(row * _width));
                wide.Set(0, vector);
                var norm = pairs._norms[first + row] = MetricScore.Norm(wide.From(0));
                _limits[row] = new ScanLimit(VectorMetric.Cosine, pairs.Threshold, norm, FloatProducts.Error(_width));
            }
        }

        public int First { get; }

        public int Count { get; }

        public ReadOnlySpan<float> Singles(int first, int count) => _values.AsSpan(first * _width, count * _width);

        public ScanLimit Limit(int row) => _limits[row];
    }

    /// <summary>What a thread works with.</summary>
    private sealed class Scratch(int width)
    {
        private readonly PaddedVectors _one = new(1, width);
        private readonly PaddedVectors _other = new(1, width);

        public float[][] Rows { get; } = [.. Enumerable.Range(0, FloatProducts.TileRows).Select(_ => new float[width])];

        public double Product(VectorTable table, int row, int other)
        {
            _one.Set(0, table.Row(row, Rows[0]));
            _other.Set(0, table.Row(other, Rows[0]));
            return PairSums<ProductTerm>.One(_one.From(0), _other.From(0));
        }
    }

    private double Threshold => options.Threshold;

    private int Width => table.Width;

    private ReadOnlySpan<float> Vector(int place, Span<float> scratch) => table.Row(rows[place], scratch);
}
