using MathNet.Numerics.Distributions;

namespace Gptx.Embeddings;

/// <summary>Correlation of two lists of numbers.</summary>
internal static class Correlation
{
    /// <summary>Pearson's r; NaN where one list has no variance.</summary>
    public static double Pearson(IReadOnlyList<double> one, IReadOnlyList<double> other)
    {
        var (meanOne, meanOther) = (one.Average(), other.Average());
        var (both, squareOne, squareOther) = (0.0, 0.0, 0.0);
        for (var place = 0; place < one.Count; place++)
        {
            var (a, b) = (one[place] - meanOne, other[place] - meanOther);
            (both, squareOne, squareOther) = (both + (a * b), squareOne + (a * a), squareOther + (b * b));
        }

        return squareOne == 0 || squareOther == 0 ? double.NaN : both / Math.Sqrt(squareOne * squareOther);
    }

    /// <summary>Spearman's rho: Pearson's r of ranks, equal numbers sharing their mean rank.</summary>
    public static double Spearman(IReadOnlyList<double> one, IReadOnlyList<double> other) => Pearson(Ranks(one), Ranks(other));

    /// <summary>The two-sided probability of a correlation at least as large where there is none, by Student's t distribution with n - 2 degrees of freedom.</summary>
    public static double Probability(double correlation, int count)
    {
        if (double.IsNaN(correlation) || count < 3)
        {
            return double.NaN;
        }

        var t = Math.Abs(correlation) * Math.Sqrt((count - 2) / Math.Max(double.Epsilon, 1 - (correlation * correlation)));
        return Math.Min(1, 2 * StudentT.CDF(0, 1, count - 2, -t));
    }

    private static double[] Ranks(IReadOnlyList<double> values)
    {
        int[] order = [.. Enumerable.Range(0, values.Count).OrderBy(place => values[place])];
        var ranks = new double[values.Count];
        for (var first = 0; first < order.Length;)
        {
            var end = first + 1;
            while (end < order.Length && values[order[end]] == values[order[first]])
            {
                end++;
            }

            for (var place = first; place < end; place++)
            {
                ranks[order[place]] = (first + end + 1) / 2.0;
            }

            first = end;
        }

        return ranks;
    }
}
