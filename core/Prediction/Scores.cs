namespace Gptx.Prediction;

/// <summary>Probabilities out of scores, in float64.</summary>
internal static class Scores
{
    /// <summary>exp(x) over the sum of all; the scores must be finite somewhere.</summary>
    public static double[] Softmax(ReadOnlySpan<float> scores)
    {
        var largest = (double)System.Numerics.Tensors.TensorPrimitives.Max(scores);
        var weights = new double[scores.Length];
        var sum = 0.0;
        for (var i = 0; i < scores.Length; i++)
        {
            weights[i] = Math.Exp(scores[i] - largest);
            sum += weights[i];
        }

        return Array.ConvertAll(weights, weight => weight / sum);
    }

    /// <summary>1 / (1 + exp(-x)).</summary>
    public static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
