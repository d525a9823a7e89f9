using System.Text.Json;
using Gptx.Embeddings;

namespace Gptx.Tests.Embeddings;

/// <summary>The ten nearest of each query against those of the reference data, by every metric.</summary>
public class GoldenSearchTests
{
    private static readonly (VectorMetric Metric, string Name)[] Metrics =
        [(VectorMetric.Cosine, "cosine"), (VectorMetric.Dot, "dot"), (VectorMetric.Euclidean, "euclid")];

    [Fact]
    [Trait("Category", "Golden")]
    public void Every_query_finds_its_neighbours()
    {
        using JsonDocument document = Read();
        var golden = new GoldenTable(document.RootElement);
        var search = new NearestSearch(golden.Table);
        int top = document.RootElement.GetProperty("k").GetInt32();
        JsonElement[] expected = [.. document.RootElement.GetProperty("queries").EnumerateArray()];
        foreach ((VectorMetric metric, string name) in Metrics)
        {
            var options = new NearestOptions { Top = top, Metric = metric };
            IReadOnlyList<IReadOnlyList<Neighbour>> batch = search.FindAll(VectorTable.FromRows(golden.Queries), options, Cancellation);
            for (int query = 0; query < expected.Length; query++)
            {
                Assert.Equal(search.Find(golden.Queries[query], options, Cancellation), batch[query]);
                Check(expected[query].GetProperty(name), batch[query], golden, golden.Queries[query], metric);
            }
        }
    }

    [Fact]
    [Trait("Category", "Golden")]
    public void A_small_table_gives_all_its_rows()
    {
        using JsonDocument document = Read();
        JsonElement tiny = document.RootElement.GetProperty("tiny");
        float[][] rows = tiny.GetProperty("rows").Deserialize<float[][]>()!;
        float[] query = tiny.GetProperty("query").Deserialize<float[]>()!;
        var search = new NearestSearch(VectorTable.FromRows(rows));
        foreach ((VectorMetric metric, string name) in Metrics)
        {
            IReadOnlyList<Neighbour> found = search.Find(query, new NearestOptions { Top = tiny.GetProperty("k").GetInt32(), Metric = metric }, Cancellation);
            Assert.Equal(Ids(tiny.GetProperty(name)), found.Select(n => n.Index));
            Assert.All(found.Zip(Scores(tiny.GetProperty(name))), pair => Assert.Equal(pair.Second, pair.First.Score, 1e-9));
        }
    }

    private static void Check(JsonElement expected, IReadOnlyList<Neighbour> found, GoldenTable golden, float[] query, VectorMetric metric)
    {
        int[] ids = Ids(expected);
        double[] scores = Scores(expected);
        double tolerance = expected.GetProperty("tolerance").GetDouble();
        JsonElement sure = expected.GetProperty("sure");
        Assert.Equal(ids.Length, found.Count);
        for (int place = 0; place < ids.Length; place++)
        {
            Assert.InRange(found[place].Score, scores[place] - tolerance, scores[place] + tolerance);
            if (sure[place].GetBoolean())
            {
                Assert.Equal(ids[place], found[place].Index);
            }
            else
            {
                // A row that changed places has the score that it should have, by a plain sum.
                float[] row = golden.Table.CopyRow(found[place].Index);
                Assert.Equal(PlainScore.Of(metric, query, row), found[place].Score, tolerance);
            }
        }
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static JsonDocument Read() => JsonDocument.Parse(File.ReadAllText(Path.Combine(GoldenRoot.Folder("search"), "search.json")));

    private static int[] Ids(JsonElement answer) => answer.GetProperty("ids").Deserialize<int[]>()!;

    private static double[] Scores(JsonElement answer) => answer.GetProperty("scores").Deserialize<double[]>()!;
}
