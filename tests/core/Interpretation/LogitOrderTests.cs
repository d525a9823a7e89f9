using Gptx.Interpretation;

namespace Gptx.Tests.Interpretation;

public class LogitOrderTests
{
    [Fact]
    public void The_largest_come_first_and_of_equal_ones_the_smaller_id()
    {
        var random = new Random(7);
        for (var round = 0; round < 50; round++)
        {
            float[] logits = [.. Enumerable.Range(0, 1 + random.Next(30)).Select(_ => (float)random.Next(6))];
            var count = 1 + random.Next(logits.Length + 2);
            var expected = logits.Index().OrderByDescending(logit => logit.Item).ThenBy(logit => logit.Index).Take(count).Select(logit => logit.Index);
            Assert.Equal(expected, LogitOrder.Top(logits, count));
        }
    }

    [Fact]
    public void Divergence_and_entropy_are_those_of_the_formula_where_probabilities_vanish_too()
    {
        var p = LogitOrder.LogProbabilities([0f, MathF.Log(3), float.NegativeInfinity]);
        var q = LogitOrder.LogProbabilities([0f, 0f, 0f]);
        Assert.Equal(Math.Log(4) - (0.75 * Math.Log(3)), LogitOrder.Entropy(p), 1e-6);
        Assert.Equal((0.25 * Math.Log(0.75)) + (0.75 * Math.Log(2.25)), LogitOrder.Divergence(p, q), 1e-6);
        Assert.Equal(0, LogitOrder.Divergence(q, q));
        Assert.Equal(2, LogitOrder.RankOf([1, 5, 1], 0));
    }
}
