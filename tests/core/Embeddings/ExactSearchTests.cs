using Gptx.Embeddings;

namespace Gptx.Tests.Embeddings;

/// <summary>
/// The first pass is in float32, the answer is exact all the same: tables made so that float32 cannot tell their rows apart, or overflows, against plain sums in float64.
/// </summary>
public class ExactSearchTests
{
    public static TheoryData<string, VectorMetric> Cases()
    {
        var cases = new TheoryData<string, VectorMetric>();
        foreach (var table in Tables.Keys)
        {
            foreach (var metric in Enum.GetValues<VectorMetric>())
            {
                cases.Add(table, metric);
            }
        }

        return cases;
    }

    private static Dictionary<string, Func<Random, float[][]>> Tables { get; } = new(StringComparer.Ordinal)
    {
        ["differ in the last bit"] = random => [.. Rows(random, 600, 37, (r, column, value) => MathF.BitIncrement(1 + (column / 100f)) + ((r % 7) * 1e-7f))],
        ["equal rows"] = random => [.. Rows(random, 300, 16, (r, column, _) => (r % 5) + column)],
        ["large and opposite"] = random => [.. Rows(random, 400, 19, (r, column, value) => (column % 2 == 0 ? 1e19f : -1e19f) + (value * 1e14f))],
        ["overflow float32"] = random => [.. Rows(random, 300, 12, (_, column, value) => (value - 0.5f) * 3e38f)],
        ["vanish in float32"] = random => [.. Rows(random, 300, 24, (_, _, value) => (value - 0.5f) * 1e-30f)],
        ["zero rows"] = random => [.. Rows(random, 200, 9, (r, _, value) => r % 3 == 0 ? 0 : value - 0.5f)],
        ["one number"] = random => [.. Rows(random, 100, 1, (_, _, value) => value - 0.5f)],
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_best_are_those_of_plain_sums(string name, VectorMetric metric)
    {
        var rows = Tables[name](new Random(11));
        var search = new NearestSearch(VectorTable.FromRows(rows));
        float[][] queries = [rows[0], rows[1], rows[^1], rows[rows.Length / 2], rows[7], rows[8], rows[9]];
        foreach (var threads in new[] { 1, 3 })
        {
            var options = new NearestOptions { Top = 10, Metric = metric, Threads = threads };
            var found = search.FindAll(VectorTable.FromRows(queries), options, TestContext.Current.CancellationToken);
            for (var query = 0; query < queries.Length; query++)
            {
                var wanted = rows.Select((row, index) => new Neighbour(index, VectorArithmetic.Similarity(row, queries[query], metric)))
                    .OrderBy(neighbour => metric == VectorMetric.Euclidean ? neighbour.Score : -neighbour.Score).ThenBy(neighbour => neighbour.Index).Take(10);
                Assert.Equal(wanted, found[query]);
                Assert.Equal(found[query], search.Find(queries[query], options, TestContext.Current.CancellationToken));
            }
        }
    }

    private static IEnumerable<float[]> Rows(Random random, int count, int width, Func<int, int, float, float> value) =>
        Enumerable.Range(0, count).Select(row => Enumerable.Range(0, width).Select(column => value(row, column, random.NextSingle())).ToArray());
}
