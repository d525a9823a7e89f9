using FsCheck;
using FsCheck.Fluent;
using Gptx.Embeddings;

namespace Gptx.Tests.Embeddings;

public class NearestSearchTests
{
    // Small whole numbers: sums are exact, and there are many ties.
    private static readonly Arbitrary<(float[][] Rows, float[] Query, int Top, VectorMetric Metric)> Searches = (
        from width in Gen.Choose(1, 19)
        from count in Gen.Choose(0, 600)
        from rows in Vector(width).ArrayOf(count)
        from query in Vector(width)
        from top in Gen.Choose(1, 12)
        from metric in Gen.Elements(Enum.GetValues<VectorMetric>())
        select (rows, query, top, metric)).ToArbitrary();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void The_answer_is_that_of_brute_force() => Prop.ForAll(Searches, given =>
    {
        var options = new NearestOptions { Top = given.Top, Metric = given.Metric };
        var table = VectorTable.FromMemory(given.Rows.SelectMany(row => row).ToArray(), given.Query.Length);
        IReadOnlyList<Neighbour> found = new NearestSearch(table).Find(given.Query, options);
        int sign = given.Metric == VectorMetric.Euclidean ? 1 : -1;
        (double Score, int Index)[] all = [.. given.Rows.Select((row, i) => (PlainScore.Of(given.Metric, given.Query, row), i))];
        double[] best = [.. all.Select(a => a.Score).OrderBy(score => sign * score).Take(given.Top)];
        return found.Count == best.Length
            && found.Zip(best).All(pair => Math.Abs(pair.First.Score - pair.Second) < 1e-12)
            && found.All(n => Math.Abs(n.Score - all[n.Index].Score) < 1e-12)
            && found.Zip(found.Skip(1)).All(p => sign * p.First.Score < sign * p.Second.Score || p.First.Index < p.Second.Index)
            && found.Select(n => n.Index).Distinct().Count() == found.Count;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Threads_and_batches_do_not_change_the_answer()
    {
        var random = new Random(5);
        var table = Table(random, 5000, 70);
        VectorTable queries = Table(random, 37, 70);
        var search = new NearestSearch(table);
        foreach (VectorMetric metric in Enum.GetValues<VectorMetric>())
        {
            var options = new NearestOptions { Metric = metric, Threads = 1 };
            IReadOnlyList<IReadOnlyList<Neighbour>> one = search.FindAll(queries, options, Cancellation);
            Assert.Equal(one, search.FindAll(queries, options with { Threads = 7 }, Cancellation));
            Assert.Equal(one, queries.Rows().Select(query => search.Find(query, options with { Threads = 3 }, Cancellation)));
        }
    }

    [Fact]
    public void Rows_can_be_left_out_or_chosen()
    {
        var search = new NearestSearch(VectorTable.FromRows([[1, 0], [1, 0], [1, 1], [0, 1], [-1, 0]]));
        Assert.Equal([1, 2, 3, 4], Indices(new NearestOptions { Exclude = new HashSet<int> { 0 } }));
        Assert.Equal([2, 4], Indices(new NearestOptions { Among = [4, 2, 2, 0], Exclude = new HashSet<int> { 0 } }));
        Assert.Empty(Indices(new NearestOptions { Among = [] }));

        int[] Indices(NearestOptions options) => [.. search.Find([1, 0], options, Cancellation).Select(n => n.Index)];
    }

    [Fact]
    public void A_row_can_be_left_out_of_its_own_neighbours()
    {
        VectorTable table = Table(new Random(6), 2100, 4);
        IReadOnlyList<IReadOnlyList<Neighbour>> found = new NearestSearch(table).FindAll(table, new NearestOptions { ExcludeOwnRow = true, Top = 3 }, Cancellation);
        Assert.All(found.Index(), answer => Assert.DoesNotContain(answer.Item, n => n.Index == answer.Index));
        Assert.Equal(2100, found.Count);
    }

    [Fact]
    public void Half_precision_rows_are_widened()
    {
        Half[] halves = [.. Enumerable.Range(0, 70).Select(i => (Half)(i % 9))];
        float[] floats = [.. halves.Select(h => (float)h)];
        float[] query = [1, 2, 3, 4, 5, 6, 7];
        Assert.Equal(
            new NearestSearch(VectorTable.FromMemory(floats, 7)).Find(query, cancellation: Cancellation),
            new NearestSearch(VectorTable.FromMemory(halves, 7)).Find(query, cancellation: Cancellation));
    }

    [Fact]
    public void Mistakes_are_named()
    {
        var search = new NearestSearch(VectorTable.FromRows([[1, 0], [0, 1]]));
        Assert.Equal("WidthMismatch", Error(() => search.Find([1, 2, 3])));
        Assert.Equal("WidthMismatch", Error(() => search.Find([])));
        Assert.Equal("VectorNotFinite", Error(() => search.Find([1, float.NaN])));
        Assert.Equal("VectorNotFinite", Error(() => new NearestSearch(VectorTable.FromRows([[1, float.NaN]])).Find([1, 0])));
        Assert.Equal("VectorNotFinite", Error(() => new NearestSearch(VectorTable.FromRows([[1, float.PositiveInfinity]])).Find([1, 0])));
        Assert.Equal("OptionOutOfRange", Error(() => search.Find([1, 0], new NearestOptions { Top = 0 })));
        Assert.Equal("OptionOutOfRange", Error(() => search.Find([1, 0], new NearestOptions { Threads = -1 })));
        Assert.Equal("RowOutOfRange", Error(() => search.Find([1, 0], new NearestOptions { Among = [2] })));
        Assert.Equal("TableShape", Error(() => VectorTable.FromMemory(new float[5], 2)));
        Assert.Equal("WidthMismatch", Error(() => VectorTable.FromRows([[1], [1, 2]])));

        static string Error(Func<object> action)
        {
            GptxException error = Assert.Throws<GptxException>(action);
            Assert.Equal(GptxErrorKind.InvalidArgument, error.Kind);
            return error.ErrorId;
        }
    }

    [Fact]
    public void A_search_can_be_cancelled() => Assert.ThrowsAny<OperationCanceledException>(() =>
        new NearestSearch(VectorTable.FromRows([[1]])).Find([1], cancellation: new CancellationToken(canceled: true)));

    private static Gen<float[]> Vector(int width) => Gen.Choose(-2, 2).Select(n => (float)n).ArrayOf(width);

    private static VectorTable Table(Random random, int count, int width) =>
        VectorTable.FromMemory(Enumerable.Range(0, count * width).Select(_ => random.NextSingle() - 0.5f).ToArray(), width);
}

internal static class TableRows
{
    public static IEnumerable<float[]> Rows(this VectorTable table) => Enumerable.Range(0, table.Count).Select(table.CopyRow);
}
