using System.Numerics.Tensors;

namespace Gptx.Generation.Processors;

/// <summary>Softmax and its logarithm: exponentials and sums in float64, in the order of the ids, results rounded to float32 once.</summary>
internal static class Softmax
{
    /// <summary>Probabilities ([vocab], sum 1) of logits that are finite or minus infinity.</summary>
    public static float[] Probabilities(ReadOnlySpan<float> logits)
    {
        double logSum = LogSumExp(logits);
        float[] probabilities = new float[logits.Length];
        for (int id = 0; id < logits.Length; id++)
        {
            probabilities[id] = logits[id] == float.NegativeInfinity ? 0 : (float)Math.Exp(logits[id] - logSum);
        }

        return probabilities;
    }

    /// <summary>The logarithm of the sum of exponentials; minus infinity if no logit is finite.</summary>
    public static double LogSumExp(ReadOnlySpan<float> logits)
    {
        float most = logits.IsEmpty ? float.NegativeInfinity : TensorPrimitives.Max(logits);
        if (most == float.NegativeInfinity)
        {
            return double.NegativeInfinity;
        }

        double sum = 0;
        foreach (float logit in logits)
        {
            sum += logit == float.NegativeInfinity ? 0 : Math.Exp((double)logit - most);
        }

        return most + Math.Log(sum);
    }
}
