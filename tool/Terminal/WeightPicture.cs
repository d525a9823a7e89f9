using Gptx.Interpretation;

namespace Gptx.Tool.Terminal;

/// <summary>Matrices of weights for a person: numbers with a small histogram, or shades.</summary>
internal static class WeightPicture
{
    private const string Heights = " ▁▂▃▄▅▆▇█";
    private const string Shades = " ░▒▓█";
    private const int Bars = 14;

    public static void Show(Screen screen, IReadOnlyList<WeightStatistics> all) => screen.Table(
        ["matrix", ">count", ">min", ">max", ">mean", ">deviation", ">skewness", ">kurtosis", "histogram"],
        all.Select(weights => (string[])
        [
            VisibleText.OneLine(weights.Name),
            $"{weights.Count}",
            Readable.Rough(weights.Min),
            Readable.Rough(weights.Max),
            Readable.Short(weights.Mean),
            Readable.Short(weights.StandardDeviation),
            Readable.Rough(weights.Skewness ?? double.NaN),
            Readable.Rough(weights.ExcessKurtosis ?? double.NaN),
            Small(weights.Histogram),
        ]));

    /// <summary>The matrix as shades, so many cells as there is room for; each shows the mean of those that it covers.</summary>
    public static void Show(Screen screen, WeightMatrix matrix)
    {
        var window = matrix.Window == 1 ? "" : $", mean of {matrix.Window} x {matrix.Window}, moved by {matrix.Stride}";
        screen.Heading($"{matrix.Name}: {matrix.Rows} x {matrix.Columns}{window}");
        var columns = Math.Min(matrix.Values[0].Length, screen.Width);
        var rows = Math.Min(matrix.Values.Length, Math.Max(8, screen.Width / 3));
        var cells = Enumerable.Range(0, rows).Select(row => Enumerable.Range(0, columns).Select(column => Mean(matrix.Values, row, rows, column, columns)).ToArray()).ToList();
        var (least, most) = (cells.Min(row => row.Min()), cells.Max(row => row.Max()));
        foreach (var row in cells)
        {
            screen.Line(string.Concat(row.Select(cell => Shades[(int)Math.Round((cell - least) / Math.Max(most - least, 1e-30) * (Shades.Length - 1))])));
        }

        screen.Line($"from {Readable.Short(least)} (blank) to {Readable.Short(most)} (full); --json, --csv or --out FILE.npy has the numbers");
    }

    private static string Small(IReadOnlyList<long> histogram)
    {
        var bars = Enumerable.Range(0, Math.Min(Bars, histogram.Count)).Select(bar =>
        {
            var (first, last) = (bar * histogram.Count / Math.Min(Bars, histogram.Count), (bar + 1) * histogram.Count / Math.Min(Bars, histogram.Count));
            return histogram.Skip(first).Take(last - first).Sum();
        }).ToList();
        return string.Concat(bars.Select(count => Heights[(int)Math.Ceiling(count / (double)Math.Max(1, bars.Max()) * (Heights.Length - 1))]));
    }

    private static double Mean(float[][] values, int row, int rows, int column, int columns)
    {
        var (sum, count) = (0.0, 0);
        for (var y = row * values.Length / rows; y < (row + 1) * values.Length / rows; y++)
        {
            for (var x = column * values[0].Length / columns; x < (column + 1) * values[0].Length / columns; x++, count++)
            {
                sum += values[y][x];
            }
        }

        return sum / Math.Max(1, count);
    }
}
