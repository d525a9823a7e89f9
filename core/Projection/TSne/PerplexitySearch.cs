namespace Gptx.Projection;

/// <summary>
/// The width of the Gaussian around a point at which the entropy of its similarities is ln(perplexity): p(j|i) = exp(-beta d^2) / sum
/// (van der Maaten and Hinton 2008).
/// </summary>
internal static class PerplexitySearch
{
    private const int Steps = 200;
    private const double Tolerance = 1e-12;

    /// <summary>
    /// Turns squared distances of one point into similarities that sum to 1. Where no width gives the entropy, because more points are equally near than the
    /// perplexity asks for, or fewer points there are, the nearest that can be reached is taken.
    /// </summary>
    /// <param name="squared">Squared distances to other points, itself left out.</param>
    /// <param name="perplexity">The perplexity.</param>
    /// <param name="similarities">The result, as many.</param>
    /// <returns>Beta, half the inverse of the Gaussian's variance; 0 where all distances are equal.</returns>
    public static double Solve(ReadOnlySpan<double> squared, double perplexity, Span<double> similarities)
    {
        var (nearest, farthest) = (double.PositiveInfinity, 0.0);
        foreach (var value in squared)
        {
            nearest = Math.Min(nearest, value);
            farthest = Math.Max(farthest, value);
        }

        var spread = farthest - nearest;
        if (squared.Length == 0 || spread == 0)
        {
            similarities.Fill(squared.Length == 0 ? 0 : 1.0 / squared.Length);
            return 0;
        }

        var wanted = Math.Log(perplexity);
        var (low, high, beta) = (0.0, double.PositiveInfinity, 1 / spread);
        for (var step = 0; step < Steps; step++)
        {
            var (entropy, slope) = Entropy(squared, nearest, beta, similarities);
            var error = entropy - wanted;
            if (Math.Abs(error) <= Tolerance)
            {
                break;
            }

            // The entropy falls as beta grows.
            (low, high) = error > 0 ? (beta, high) : (low, beta);
            var newton = slope < 0 ? beta - (error / slope) : double.NaN;
            var next = newton > low && newton < high ? newton
                : double.IsInfinity(high) ? beta * 2 : (low + high) / 2;
            // Beyond 1e30 spreads only the nearest points count, and no width changes that.
            if (next == beta || next * spread > 1e30)
            {
                break;
            }

            beta = next;
        }

        return beta;
    }

    // Entropy in nats, and its derivative by beta: minus beta times the variance of the squared distances.
    private static (double Entropy, double Slope) Entropy(ReadOnlySpan<double> squared, double nearest, double beta, Span<double> similarities)
    {
        var (sum, first, second) = (0.0, 0.0, 0.0);
        for (var j = 0; j < squared.Length; j++)
        {
            var distance = squared[j] - nearest;
            var similarity = Math.Exp(-beta * distance);
            similarities[j] = similarity;
            sum += similarity;
            first += similarity * distance;
            second += similarity * distance * distance;
        }

        foreach (ref var similarity in similarities)
        {
            similarity /= sum;
        }

        var mean = first / sum;
        return (Math.Log(sum) + (beta * mean), -beta * ((second / sum) - (mean * mean)));
    }
}
