using Gptx.Checkpoints;
using Gptx.Embeddings;

namespace Gptx.Benchmarks;

/// <summary>The ten nearest by cosine of all rows of a table, one query and 32 at once, beside FAISS's flat index, 2 threads.</summary>
public static class SearchSpeed
{
    private const int Queries = 32;
    private const int Threads = 2;

    private static readonly (int Rows, int Width)[] Tables = [(50_000, 768), (1_000_000, 384)];

    /// <summary>A row a measurement.</summary>
    public static IEnumerable<Measurement> Measure()
    {
        var folder = Directory.CreateTempSubdirectory("gptx-search").FullName;
        try
        {
            foreach (var (rows, width) in Tables)
            {
                foreach (var measurement in Measure(folder, rows, width))
                {
                    yield return measurement;
                }
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<Measurement> Measure(string folder, int rows, int width)
    {
        var (values, queries) = (Units(1, rows, width), Units(2, Queries, width));
        var (table, asked) = (Path.Join(folder, "table.npy"), Path.Join(folder, "queries.npy"));
        NpyFile.Write(table, [rows, width], values.AsMemory(), overwrite: true);
        NpyFile.Write(asked, [Queries, width], queries.AsMemory(), overwrite: true);
        var peers = Peers.Run("search", table, asked, $"{Threads}");
        var search = new NearestSearch(VectorTable.FromMemory(values, width));
        var options = new NearestOptions { Threads = Threads };
        var one = Measurement.MedianSeconds(9, () => search.Find(queries.AsSpan(0, width), options));
        var batch = Measurement.MedianSeconds(9, () => search.FindAll(VectorTable.FromMemory(queries, width), options));
        var name = $"search {rows:N0} x {width}, {Threads} threads";
        yield return new Measurement($"{name}, one query", one * 1000, "ms");
        yield return new Measurement($"{name}, one query, read", (double)rows * width * sizeof(float) / one / 1e9, "GB/s");
        yield return new Measurement($"{name}, 32 queries at once", batch * 1000, "ms");
        if (peers.TryGetValue("one", out var theirOne))
        {
            yield return new Measurement($"{name}, one query, FAISS", theirOne * 1000, "ms");
            yield return new Measurement($"{name}, one query, FAISS over ours", theirOne / one, "x");
            yield return new Measurement($"{name}, 32 queries, FAISS", peers["batch"] * 1000, "ms");
            yield return new Measurement($"{name}, 32 queries, FAISS over ours", peers["batch"] / batch, "x");
        }
    }

    // Vectors of length 1, so that the cosine is FAISS's inner product.
    private static float[] Units(int seed, int rows, int width)
    {
        var random = new Random(seed);
        var values = new float[rows * width];
        for (var row = 0; row < rows; row++)
        {
            var vector = values.AsSpan(row * width, width);
            foreach (ref var value in vector)
            {
                value = random.NextSingle() - 0.5f;
            }

            UnitVector.Of(vector).CopyTo(vector);
        }

        return values;
    }
}
