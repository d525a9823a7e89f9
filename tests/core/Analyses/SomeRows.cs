using Gptx.Analyses;

namespace Gptx.Tests.Analyses;

/// <summary>Rows with random vectors.</summary>
internal static class SomeRows
{
    /// <summary>Vectors of normally distributed numbers.</summary>
    public static float[][] Vectors(Random random, int count, int width, double middle = 0) =>
        [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, width).Select(_ => (float)(middle + Normal(random))).ToArray())];

    /// <summary>Vectors around few centres, so that many are near each other, and some the same.</summary>
    public static float[][] Clusters(Random random, int count, int width, int centres, double spread)
    {
        var middles = Vectors(random, centres, width);
        var rows = new List<float[]>();
        while (rows.Count < count)
        {
            var copied = rows.Count > 0 && random.Next(10) == 0;
            rows.Add(copied ? [.. rows[random.Next(rows.Count)]] : [.. middles[random.Next(centres)].Select(value => (float)(value + (spread * Normal(random))))]);
        }

        return [.. rows];
    }

    /// <summary>Vectors as rows, called by their places.</summary>
    public static MemoryRows Of(IEnumerable<float[]> vectors, Func<int, string?>? text = null, VectorOrigin? origin = null) => new(
        "rows", origin ?? VectorOrigin.Unknown, vectors.Select((vector, row) => (new RowLabel((long)row, text is null ? $"text {row}" : text(row)), vector)));

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
