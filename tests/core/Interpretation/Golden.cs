using Gptx.Checkpoints;

namespace Gptx.Tests.Interpretation;

/// <summary>Comparisons with reference values.</summary>
internal static class Golden
{
    /// <summary>The same ids in the same order, but for those whose scores differ by less than rounding.</summary>
    public static void Same(int[] expected, int[] actual, double[] scores, double tolerance, string where)
    {
        for (var place = 0; place < expected.Length; place++)
        {
            var tied = Array.FindIndex(expected, id => id == actual[place]) is var other and >= 0 && Math.Abs(scores[other] - scores[place]) <= tolerance;
            Assert.True(expected[place] == actual[place] || tied, $"{where}: place {place} has {actual[place]}, the reference {expected[place]}");
        }
    }

    /// <summary>The largest difference to a part of a tensor of the reference.</summary>
    public static double Difference(CheckpointTensor tensor, int part, ReadOnlySpan<float> values)
    {
        var expected = new float[values.Length];
        tensor.ReadSingles((long)part * values.Length, expected);
        var worst = 0.0;
        for (var index = 0; index < expected.Length; index++)
        {
            worst = Math.Max(worst, Math.Abs((double)expected[index] - values[index]));
        }

        return worst;
    }
}
