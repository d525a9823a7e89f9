namespace Gptx.Analyses;

/// <summary>The highest of many scores, and how far they are from the others.</summary>
internal static class UnusualRanking
{
    // The median absolute deviation of a normal distribution is this part of its standard deviation.
    private const double NormalDeviation = 1.4826;

    /// <summary>Ranks scores; of equal ones the earlier row comes first.</summary>
    public static UnusualTexts Of(IReadOnlyList<double> scores, Func<int, RowLabel> label, int top, UnusualBy by, long unscored = 0)
    {
        var median = Median(scores);
        var spread = NormalDeviation * Median([.. scores.Select(score => Math.Abs(score - median))]);
        var first = Enumerable.Range(0, scores.Count).OrderByDescending(row => scores[row]).ThenBy(row => row).Take(top);
        UnusualText[] texts = [.. first.Select((row, rank) =>
        {
            var found = label(row);
            return new UnusualText(rank + 1, found.RowId, found.Text, scores[row], spread > 0 ? (scores[row] - median) / spread : 0, by) { Kept = found.Kept };
        })];
        return new UnusualTexts(texts, scores, unscored, by, median);
    }

    private static double Median(IReadOnlyList<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? double.NaN : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
