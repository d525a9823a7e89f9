using Gptx.Graphs;

namespace Gptx.Interpretation;

/// <summary>
/// The way from one value of a forward pass to a later one where it is linear once the scales of its norms are held: matrices, factors and norms, one
/// behind the other. A direction at its end can then be pulled back to its start: what a part of the start counts at the end is its product with that.
/// A cap (cap tanh(x / cap)) at the end is left out: directions are those before it.
/// </summary>
/// <param name="steps">The operations, from the start to the end.</param>
internal sealed class LinearPath(IReadOnlyList<Operation> steps)
{
    /// <summary>Whether a norm is on the way.</summary>
    public bool HasNorm => steps.Any(IsNorm);

    /// <summary>The cap that was left out; null where there is none.</summary>
    public float? Cap => steps.OfType<SoftCapOperation>().Select(step => (float?)step.Cap).FirstOrDefault();

    /// <summary>The way, or null where it is not of this kind, or there is none.</summary>
    public static LinearPath? Between(Value start, Value end)
    {
        var steps = new List<Operation>();
        for (var at = end; !IsSame(at, start);)
        {
            if (at.Producer is not (LinearOperation or ScaleOperation or OutputRowsOperation or LayerNormOperation or RmsNormOperation or SoftCapOperation)
                || (at.Producer is SoftCapOperation && steps.Count > 0))
            {
                return null;
            }

            steps.Insert(0, at.Producer);
            at = at.Producer.Inputs[0];
        }

        return new LinearPath(steps);
    }

    /// <summary>Pulls a direction at the end back to the start, where the values at the start are these.</summary>
    /// <param name="direction">The direction at the end; what is 0 in it is not read of the last matrix.</param>
    /// <param name="start">The values at the start, of one position.</param>
    /// <param name="weights">Where matrices are read.</param>
    public PulledBack PullBack(double[] direction, double[] start, WeightReader weights)
    {
        var scales = Scales(start, weights);
        var constants = new Dictionary<Operation, double>(ReferenceEqualityComparer.Instance);
        for (var index = steps.Count - 1; index >= 0; index--)
        {
            direction = Back(steps[index], direction, scales[index], weights, constants);
        }

        var normBias = constants.Where(constant => IsNorm(constant.Key)).Sum(constant => constant.Value);
        return new PulledBack(direction, normBias, constants.Values.Sum() - normBias, [.. scales.OfType<double>()]);
    }

    /// <summary>Whether two values are one: records would compare all that they rest on.</summary>
    internal static bool IsSame(Value left, Value right) => ReferenceEquals(left.Producer, right.Producer) && left.Part == right.Part;

    private static bool IsNorm(Operation step) => step is LayerNormOperation or RmsNormOperation;

    /// <summary>What each norm divides by; null for other steps. Values go forward only as far as the last norm.</summary>
    private double?[] Scales(double[] x, WeightReader weights)
    {
        var scales = new double?[steps.Count];
        var last = steps.Select((step, index) => IsNorm(step) ? index : -1).DefaultIfEmpty(-1).Max();
        for (var index = 0; index <= last; index++)
        {
            scales[index] = steps[index] switch
            {
                LayerNormOperation norm => Math.Sqrt(Variance(x) + norm.Epsilon),
                RmsNormOperation norm => Math.Sqrt((x.Sum(number => number * number) / x.Length) + norm.Epsilon),
                _ => null,
            };
            x = index < last ? Forward(steps[index], x, scales[index], weights) : x;
        }

        return scales;
    }

    private static double Variance(double[] x)
    {
        var mean = x.Average();
        return x.Sum(number => (number - mean) * (number - mean)) / x.Length;
    }

    private static double[] Forward(Operation step, double[] x, double? scale, WeightReader weights)
    {
        switch (step)
        {
            case ScaleOperation factor:
                return Array.ConvertAll(x, number => number * factor.Factor);
            case LinearOperation linear:
                return weights.Multiply(linear, x);
            case LayerNormOperation norm:
                var (mean, norms, biases) = (x.Average(), Factors(norm, x.Length, weights), norm.Bias is { } bias ? weights.Vector(bias) : new double[x.Length]);
                return [.. x.Select((number, index) => ((number - mean) / scale!.Value * norms[index]) + biases[index])];
            case RmsNormOperation norm:
                var factors = Factors(norm, weights);
                return [.. x.Select((number, index) => number / scale!.Value * factors[index])];
            default:
                return x;
        }
    }

    private static double[] Back(Operation step, double[] direction, double? scale, WeightReader weights, Dictionary<Operation, double> constants)
    {
        switch (step)
        {
            case ScaleOperation factor:
                return Array.ConvertAll(direction, number => number * factor.Factor);
            case LinearOperation linear:
                constants[linear] = linear.Bias is { } added ? Dot(direction, weights.Vector(added)) : 0;
                return weights.MultiplyBack(linear, direction);
            case LayerNormOperation norm:
                constants[norm] = norm.Bias is { } bias ? Dot(direction, weights.Vector(bias)) : 0;
                var norms = Factors(norm, direction.Length, weights);
                double[] scaled = [.. direction.Select((number, index) => number * norms[index] / scale!.Value)];
                var mean = scaled.Average();
                return Array.ConvertAll(scaled, number => number - mean);
            case RmsNormOperation norm:
                var factors = Factors(norm, weights);
                return [.. direction.Select((number, index) => number * factors[index] / scale!.Value)];
            default:
                return direction;
        }
    }

    private static double[] Factors(LayerNormOperation norm, int width, WeightReader weights)
    {
        if (norm.Scale is { } scale)
        {
            return weights.Vector(scale);
        }

        var ones = new double[width];
        Array.Fill(ones, 1);
        return ones;
    }

    private static double[] Factors(RmsNormOperation norm, WeightReader weights) => Array.ConvertAll(weights.Vector(norm.Scale), factor => factor + norm.Offset);

    private static double Dot(double[] left, double[] right) => left.Zip(right, (a, b) => a * b).Sum();
}

/// <summary>A direction at the start of a <see cref="LinearPath"/>, and what the biases on the way count.</summary>
/// <param name="Direction">The direction: a part counts its product with it.</param>
/// <param name="NormBias">What the biases of norms count.</param>
/// <param name="MatrixBias">What the biases of matrices count.</param>
/// <param name="Scales">What the norms divide by, from the start on.</param>
internal sealed record PulledBack(double[] Direction, double NormBias, double MatrixBias, IReadOnlyList<double> Scales)
{
    /// <summary>What a part counts at the end.</summary>
    public double Of(ReadOnlySpan<float> part, int first = 0)
    {
        var sum = 0.0;
        for (var index = 0; index < part.Length; index++)
        {
            sum += part[index] * Direction[first + index];
        }

        return sum;
    }
}
