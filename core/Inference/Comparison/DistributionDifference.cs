using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Gptx.Inference.Comparison;

/// <summary>How far two distributions over the same entries are apart, both given as logits. Sums are float64, so that near models can be told apart.</summary>
/// <param name="Divergence">Kullback-Leibler divergence from P to Q, sum of P ln(P / Q), in nats; infinite where Q forbids what P allows.</param>
/// <param name="SameTop">Whether both have the same most probable entry (the lowest among equals).</param>
/// <param name="MeanLogError">The mean of |ln P - ln Q|; entries that both forbid count as equal.</param>
/// <param name="MaxLogError">The largest.</param>
/// <param name="LogSumA">ln of the sum of e to the logits of P.</param>
/// <param name="LogSumB">The same of Q.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct DistributionDifference(double Divergence, bool SameTop, double MeanLogError, double MaxLogError, double LogSumA, double LogSumB)
{
    /// <summary>Compares two rows of logits.</summary>
    /// <param name="a">P's.</param>
    /// <param name="b">Q's, as many.</param>
    /// <param name="weights">Room for as many numbers.</param>
    public static DistributionDifference Of(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<double> weights)
    {
        var logSumB = LogSum(b, weights, out _);
        var logSumA = LogSum(a, weights, out var sum);
        var apart = logSumA - logSumB;
        double divergence = 0, error = 0, largest = 0;
        for (var i = 0; i < a.Length; i++)
        {
            var difference = float.IsNegativeInfinity(a[i]) && float.IsNegativeInfinity(b[i]) ? 0 : (double)a[i] - b[i] - apart;
            divergence += weights[i] > 0 ? weights[i] / sum * difference : 0;
            error += Math.Abs(difference);
            largest = Math.Max(largest, Math.Abs(difference));
        }

        // Rounding can leave equal distributions a little below 0.
        return new DistributionDifference(
            Math.Max(0, divergence), TensorPrimitives.IndexOfMax(a) == TensorPrimitives.IndexOfMax(b), error / a.Length, largest, logSumA, logSumB);
    }

    private static double LogSum(ReadOnlySpan<float> logits, Span<double> weights, out double sum)
    {
        TensorPrimitives.ConvertTruncating(logits, weights);
        var largest = TensorPrimitives.Max<double>(weights);
        TensorPrimitives.Subtract(weights, largest, weights);
        TensorPrimitives.Exp<double>(weights, weights);
        sum = TensorPrimitives.Sum<double>(weights);
        return largest + Math.Log(sum);
    }
}
