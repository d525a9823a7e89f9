using System.Numerics.Tensors;

namespace Gptx.Generation.Processors;

/// <summary>Softmax and its logarithm: exponentials and sums in float64, in the order of the ids, results rounded to float32 once.</summary>
internal static class Softmax
{
    private const int Chunk = 256;

    /// <summary>Probabilities ([vocab], sum 1) of logits that are finite or minus infinity; zeros if none is finite.</summary>
    public static float[] Probabilities(ReadOnlySpan<float> logits)
    {
        float[] probabilities = new float[logits.Length];
        double logSum = LogSumExp(logits);
        if (logSum == double.NegativeInfinity)
        {
            return probabilities;
        }

        Span<double> chunk = stackalloc double[Chunk];
        for (int first = 0; first < logits.Length; first += Chunk)
        {
            Span<double> part = Exponentials(logits, first, logSum, chunk);
            TensorPrimitives.ConvertTruncating<double, float>(part, probabilities.AsSpan(first));
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
        Span<double> chunk = stackalloc double[Chunk];
        for (int first = 0; first < logits.Length; first += Chunk)
        {
            foreach (double exponential in Exponentials(logits, first, most, chunk))
            {
                sum += exponential;
            }
        }

        return most + Math.Log(sum);
    }

    // exp(logit - shift) of the next logits, at most a chunk of them.
    private static Span<double> Exponentials(ReadOnlySpan<float> logits, int first, double shift, Span<double> chunk)
    {
        Span<double> part = chunk[..Math.Min(Chunk, logits.Length - first)];
        ReadOnlySpan<float> some = logits.Slice(first, part.Length);
        if (!some.ContainsAnyExcept(float.NegativeInfinity))
        {
            part.Clear(); // after a cut most of a vocabulary is forbidden
            return part;
        }

        TensorPrimitives.ConvertTruncating(some, part);
        TensorPrimitives.Subtract(part, shift, part);
        TensorPrimitives.Exp<double>(part, part);
        return part;
    }
}
