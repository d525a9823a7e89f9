using Gptx.Analyses;
using Gptx.Embeddings;
using Gptx.Tests.Checkpoints;
using Gptx.Tests.Embeddings;

namespace Gptx.Tests.Analyses;

public class SimilarTextSearchTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(VectorMetric.Cosine)]
    [InlineData(VectorMetric.Dot)]
    [InlineData(VectorMetric.Euclidean)]
    public void In_blocks_the_answer_is_that_of_brute_force(VectorMetric metric)
    {
        // Wide rows, so that there are several blocks; some come twice, so that there are ties.
        var random = new Random(3);
        var rows = SomeRows.Clusters(random, 1500, 1030, 5, 1.5);
        var queries = SomeRows.Vectors(random, 4, 1030).Select((vector, index) => new LabelledVector($"query {index}", vector)).ToList();
        var found = SimilarTextSearch.Find(SomeRows.Of(rows), queries, new SearchOptions { Top = 7, Metric = metric }, cancellation: Cancellation);
        Assert.True(SomeRows.Of(rows).Blocks(Cancellation).Count() > 1);
        var sign = metric == VectorMetric.Euclidean ? 1 : -1;
        foreach (var (index, query) in queries.Index())
        {
            var best = rows.Select((row, place) => (Score: PlainScore.Of(metric, query.Vector, row), Place: (long)place)).OrderBy(row => sign * Math.Round(row.Score, 9)).ThenBy(row => row.Place).Take(7).ToList();
            var own = found.Where(text => text.Index == index).ToList();
            Assert.Equal(best.Select(row => row.Place), own.Select(text => Assert.IsType<long>(text.RowId)));
            Assert.All(own.Zip(best), pair => Assert.Equal(pair.Second.Score, pair.First.Score, 1e-9));
            Assert.Equal(Enumerable.Range(1, 7), own.Select(text => text.Rank));
            Assert.All(own, text => Assert.Equal(($"query {index}", $"text {text.RowId}"), (text.Query, text.Text)));
        }
    }

    [Fact]
    public void Fewer_rows_than_wanted_are_all_given()
    {
        var found = SimilarTextSearch.Find(SomeRows.Of([[1, 0], [0, 1]]), [new LabelledVector("q", [0, 2])], new SearchOptions { Top = 10 }, cancellation: Cancellation);
        Assert.Equal([1L, 0L], found.Select(text => text.RowId));
        Assert.Equal([1, 0], found.Select(text => text.Score));
    }

    [Fact]
    public void What_cannot_be_searched_is_refused()
    {
        Refusal.Expect("WidthMismatch", () => SimilarTextSearch.Find(SomeRows.Of([[1, 0]]), [new LabelledVector("q", [1])], new SearchOptions(), cancellation: Cancellation));
        Refusal.Expect("WidthMismatch", () => SimilarTextSearch.Find(SomeRows.Of([[1, 0], [1, 0, 2]]), [new LabelledVector("q", [1, 1])], new SearchOptions(), cancellation: Cancellation));
        Refusal.Expect("VectorNotFinite", () => SimilarTextSearch.Find(SomeRows.Of([[1, float.NaN]]), [new LabelledVector("q", [1, 1])], new SearchOptions(), cancellation: Cancellation));
        Refusal.Expect("VectorListEmpty", () => SimilarTextSearch.Find(SomeRows.Of([]), [new LabelledVector("q", [1, 1])], new SearchOptions(), cancellation: Cancellation));
        Refusal.Expect("OptionOutOfRange", () => SimilarTextSearch.Find(SomeRows.Of([[1, 0]]), [new LabelledVector("q", [1, 1])], new SearchOptions { Top = 0 }, cancellation: Cancellation));
    }
}
