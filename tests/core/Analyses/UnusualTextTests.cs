using Gptx.Analyses;
using Gptx.Embeddings;
using Gptx.Interpretation;
using Gptx.Tests.Checkpoints;
using Gptx.Tests.Embeddings;

namespace Gptx.Tests.Analyses;

public sealed class UnusualTextTests(EmbeddedModel embedded) : IClassFixture<EmbeddedModel>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(VectorMetric.Cosine, 1)]
    [InlineData(VectorMetric.Cosine, 10)]
    [InlineData(VectorMetric.Euclidean, 5)]
    public void Distance_is_the_mean_of_the_nearest_others(VectorMetric metric, int neighbours)
    {
        var rows = SomeRows.Clusters(new Random(9), 1100, 5, 20, 0.5);
        var found = FarTexts.Of(SomeRows.Of(rows), new UnusualOptions { Metric = metric, Neighbours = neighbours, Top = 20, MaxMemory = 1 << 20 }, cancellation: Cancellation);
        double[] scores = [.. rows.Select((row, place) => rows.Where((_, other) => other != place)
            .Select(other => metric == VectorMetric.Cosine ? 1 - PlainScore.Of(metric, row, other) : PlainScore.Of(metric, row, other)).Order().Take(neighbours).Average())];
        Assert.All(scores.Zip(found.Scores), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
        Assert.Equal(scores.OrderDescending().Take(20), found.Texts.Select(text => text.Score), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal(Enumerable.Range(1, 20), found.Texts.Select(text => text.Rank));
        Assert.All(found.Texts, text => Assert.Equal(found.Scores[(int)(long)text.RowId], text.Score));
    }

    [Fact]
    public void Deviations_are_robust_standard_deviations()
    {
        // Eight rows at 0 to 7 on a line: each has its nearest at distance 1, the ninth at 93.
        float[][] rows = [.. Enumerable.Range(0, 8).Select(place => new float[] { place }), [100]];
        var found = FarTexts.Of(SomeRows.Of(rows), new UnusualOptions { Metric = VectorMetric.Euclidean, Neighbours = 2, Top = 1 }, cancellation: Cancellation);
        // Means of two: the ends 1.5, others 1, the ninth 93.5. Median 1, deviations from it 0 (6), 0.5 (2), 92.5: their median is 0.
        Assert.Equal((8L, 93.5, 0.0, 1.0), (found.Texts[0].RowId, found.Texts[0].Score, found.Texts[0].Deviation, found.Median));
        double[] scores = [1, 2, 3, 4, 100];
        var ranked = UnusualRanking.Of(scores, row => new RowLabel((long)row, null), 1, UnusualBy.Distance);
        Assert.Equal(97 / 1.4826, ranked.Texts[0].Deviation, 1e-12);
    }

    [Fact]
    public void Surprisal_is_that_of_the_scorer()
    {
        string[] texts = ["The king rode out.", "a", "xq zzv 9$ %%k", "Once upon a time there was a tree.", "The king rode out."];
        var found = SurprisingTexts.Of(embedded.Model, AnalysedText.Of(texts), new UnusualOptions { Top = 2 }, cancellation: Cancellation);
        var scores = texts.Select(text => TextScorer.Score(embedded.Model, embedded.Text(text), cancellation: Cancellation).MeanSurprisal).ToList();
        Assert.Equal(scores.OfType<double>(), found.Scores);
        Assert.Equal(scores.Count(score => score is null), found.Unscored);
        Assert.Equal(scores.OfType<double>().OrderDescending().Take(2), found.Texts.Select(text => text.Score));
        Assert.Equal("xq zzv 9$ %%k", found.Texts[0].Text);
    }

    [Fact]
    public void Rows_that_cannot_be_scored_are_reported_and_the_others_go_on()
    {
        var faults = new List<TextFault>();
        var long_ = string.Join(' ', Enumerable.Repeat("king", 5000));
        var found = SurprisingTexts.Of(embedded.Model, AnalysedText.Of(["The king rode out.", long_, "a cat sat"]), new UnusualOptions(), onFault: faults.Add, cancellation: Cancellation);
        Assert.Equal([2L], faults.Select(fault => fault.Row.Number));
        Assert.Equal("TextTooLong", faults[0].Fault.ErrorId);
        Assert.Equal(2, found.Texts.Count);
    }

    [Fact]
    public void What_cannot_be_asked_is_refused()
    {
        Refusal.Expect("OptionOutOfRange", () => FarTexts.Of(SomeRows.Of([[1], [2]]), new UnusualOptions { Neighbours = 0 }, cancellation: Cancellation));
        Refusal.Expect("OptionOutOfRange", () => FarTexts.Of(SomeRows.Of([[1], [2]]), new UnusualOptions { Metric = VectorMetric.Dot }, cancellation: Cancellation));
        Refusal.Expect("TooFewVectors", () => FarTexts.Of(SomeRows.Of([[1]]), new UnusualOptions(), cancellation: Cancellation));
    }
}
