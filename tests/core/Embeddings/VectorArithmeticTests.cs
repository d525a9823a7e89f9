using Gptx.Embeddings;

namespace Gptx.Tests.Embeddings;

public class VectorArithmeticTests
{
    [Fact]
    public void King_and_woman_less_man()
    {
        float[] king = [1, 1, 0], man = [1, 0, 0.5f], woman = [0, 0, 0.5f];
        Assert.Equal([0, 1, 0], VectorArithmetic.Combine([king, woman], [man]));
        Assert.Equal([-1, 0, -0.5f], VectorArithmetic.Combine([], [man]));
    }

    [Fact]
    public void A_mean_does_not_overflow() => Assert.Equal([3e38f, 2], VectorArithmetic.Mean([[3e38f, 1], [3e38f, 3]]));

    [Fact]
    public void Similarities_by_each_metric()
    {
        Assert.Equal(0.6, VectorArithmetic.Similarity([3, 4], [1, 0]), 1e-15);
        Assert.Equal(3, VectorArithmetic.Similarity([3, 4], [1, 0], VectorMetric.Dot));
        Assert.Equal(5, VectorArithmetic.Similarity([3, 4], [0, 0], VectorMetric.Euclidean));
        Assert.Equal(0, VectorArithmetic.Similarity([3, 4], [0, 0]));
        Assert.Equal(1, VectorArithmetic.Similarity([3e38f, 3e38f], [1e-40f, 1e-40f]), 1e-12);
        double[,] all = VectorArithmetic.Similarities([[1, 0], [0, 1], [1, 1]]);
        Assert.Equal(all[2, 0], all[0, 2]);
        Assert.Equal(Math.Sqrt(0.5), all[0, 2], 1e-15);
    }

    [Fact]
    public void The_odd_one_is_least_like_the_others()
    {
        Assert.Equal(2, VectorArithmetic.OddOneOut([[1, 0.1f], [1, 0], [-1, 0.2f], [1, -0.1f]]));
        Assert.Equal(0, VectorArithmetic.OddOneOut([[1], [1], [1]]));
        Assert.Equal(0, VectorArithmetic.MeanSimilarities([[1, 0], [1, 0], [-1, 0]])[0], 1e-15);
    }

    [Fact]
    public void Mistakes_are_named()
    {
        Assert.Equal("NoVectors", Assert.Throws<GptxException>(() => VectorArithmetic.Mean([])).ErrorId);
        Assert.Equal("TooFewVectors", Assert.Throws<GptxException>(() => VectorArithmetic.OddOneOut([[1], [2]])).ErrorId);
        Assert.Equal("WidthMismatch", Assert.Throws<GptxException>(() => VectorArithmetic.Combine([[1, 2]], [[1]])).ErrorId);
        Assert.Equal("VectorNotFinite", Assert.Throws<GptxException>(() => VectorArithmetic.Similarity([1], [float.NaN])).ErrorId);
        Assert.Equal("VectorNotFinite", Assert.Throws<GptxException>(() => VectorArithmetic.Combine([[3e38f], [3e38f]], [])).ErrorId);
    }
}
