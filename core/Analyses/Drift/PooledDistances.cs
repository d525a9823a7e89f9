using Gptx.Embeddings;
using Gptx.Projection;

namespace Gptx.Analyses;

/// <summary>The Euclidean distances of all rows of two samples put together, doubly centred: each less the means of its row and its column, plus the mean of all.</summary>
internal sealed class PooledDistances
{
    private const int Block = 16;

    private readonly double[] _means;

    private PooledDistances(int count, int first)
    {
        (Count, First) = (count, first);
        Values = new float[(long)count * count];
        _means = new double[count];
    }

    /// <summary>All rows.</summary>
    public int Count { get; }

    /// <summary>The rows of the first sample, which come first.</summary>
    public int First { get; }

    /// <summary>The centred distances, [row, row], in float32. Centred, what their sums tell apart is not lost in a large mean.</summary>
    public float[] Values { get; }

    /// <summary>The sum of the centred distances of each row: 0 but for rounding.</summary>
    public double[] RowSums { get; private set; } = [];

    /// <summary>The energy distance of the two samples as they came.</summary>
    public EnergyDistance Energy { get; private set; }

    /// <summary>Measures all pairs.</summary>
    /// <param name="first">The rows of the first sample.</param>
    /// <param name="second">Those of the second.</param>
    /// <param name="loop">Does it on several threads.</param>
    public static PooledDistances Of(IReadOnlyList<float[]> first, IReadOnlyList<float[]> second, RowLoop loop)
    {
        var distances = new PooledDistances(first.Count + second.Count, first.Count);
        var vectors = new PaddedVectors(distances.Count, first[0].Length);
        foreach (var (row, vector) in first.Concat(second).Index())
        {
            vectors.Set(row, vector);
        }

        distances.Measure(vectors, loop);
        distances.Centre(loop);
        return distances;
    }

    private void Measure(PaddedVectors vectors, RowLoop loop)
    {
        // Sums over the rows before each row: within the first sample, between both, within the second.
        var (ones, between, others) = (new double[Count], new double[Count], new double[Count]);
        loop.Run(Count, Block, (start, end) =>
        {
            for (var row = start; row < end; row++)
            {
                for (var other = 0; other < row; other++)
                {
                    var distance = Math.Sqrt(PairSums<SquaredDifferenceTerm>.One(vectors.From(row), vectors.From(other)));
                    Values[((long)row * Count) + other] = Values[((long)other * Count) + row] = (float)distance;
                    (row < First ? ones : other < First ? between : others)[row] += distance;
                }
            }
        });
        double n = First, m = Count - First;
        Energy = new EnergyDistance(between.Sum() / (n * m), 2 * ones.Sum() / (n * n), 2 * others.Sum() / (m * m));
    }

    private void Centre(RowLoop loop)
    {
        loop.Run(Count, Block, (start, end) =>
        {
            for (var row = start; row < end; row++)
            {
                _means[row] = Sum(row) / Count;
            }
        });
        var mean = _means.Average();
        RowSums = new double[Count];
        loop.Run(Count, Block, (start, end) =>
        {
            for (var row = start; row < end; row++)
            {
                var values = Values.AsSpan(row * Count, Count);
                for (var other = 0; other < Count; other++)
                {
                    values[other] = (float)(values[other] - _means[row] - _means[other] + mean);
                }

                RowSums[row] = Sum(row);
            }
        });
    }

    private double Sum(int row)
    {
        var sum = 0.0;
        foreach (var value in Values.AsSpan(row * Count, Count))
        {
            sum += value;
        }

        return sum;
    }
}
