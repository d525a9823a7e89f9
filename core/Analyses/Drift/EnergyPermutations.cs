using Gptx.Embeddings;
using Gptx.Projection;

namespace Gptx.Analyses;

/// <summary>
/// The energy distances that two samples would have if their rows were dealt out anew: -w'Dw with w 1/n for rows of the first sample and -1/m for those of the second. Centring the distances D changes
/// none of them, since w sums to 0, and leaves sums of small numbers, which float32 holds well; many dealings at a time are a product of two matrices.
/// </summary>
/// <param name="distances">The distances of all rows.</param>
internal sealed class EnergyPermutations(PooledDistances distances)
{
    private const int Together = 24;

    // What is equal but for the rounding of its sums counts as equal: parts of the value, and of the mean distance.
    private const double Rounding = 1e-6;
    private const double RoundingOfMean = 1e-7;

    private readonly double _total = distances.RowSums.Sum();

    private int Count => distances.Count;

    private int First => distances.First;

    /// <summary>The share of dealings that are at least as far apart as the samples themselves, these counted as one: p = (1 + k) / (1 + B).</summary>
    /// <param name="permutations">B.</param>
    /// <param name="seed">The seed of the dealings.</param>
    /// <param name="loop">Does it on several threads.</param>
    /// <param name="inFirst">Which rows are in the first sample, where it is not the first ones; as many.</param>
    /// <param name="progress">Told how far it is.</param>
    public double Probability(int permutations, ulong seed, RowLoop loop, int[]? inFirst = null, IProgress<WorkProgress>? progress = null)
    {
        var random = new CountedRandom(CountedRandom.Mix(seed));
        var values = new double[permutations + 1];
        var done = 0;
        loop.Run(values.Length, Together, (start, end) =>
        {
            var dealt = new float[(end - start) * Count];
            for (var number = start; number < end; number++)
            {
                var chosen = number == 0 ? inFirst ?? [.. Enumerable.Range(0, First)] : Dealt(random, number);
                foreach (var row in chosen)
                {
                    dealt[((number - start) * Count) + row] = 1;
                }
            }

            Fill(dealt, values.AsSpan(start, end - start));
            progress?.Report(new WorkProgress("dealing out", Interlocked.Add(ref done, end - start), values.Length));
        });
        var least = values[0] - (Rounding * Math.Abs(values[0])) - (RoundingOfMean * distances.Energy.Between);
        return (1.0 + values.Skip(1).Count(value => value >= least)) / (1 + permutations);
    }

    /// <summary>The rows that the first sample has in a dealing: as many as it had, any of them as likely as any other.</summary>
    private int[] Dealt(CountedRandom random, int number)
    {
        int[] rows = [.. Enumerable.Range(0, Count)];
        for (var place = 0; place < First; place++)
        {
            var other = place + random.Below(((ulong)number * (ulong)Count) + (ulong)place, Count - place);
            (rows[place], rows[other]) = (rows[other], rows[place]);
        }

        return rows[..First];
    }

    // Rows of the distances four at a time, dealings three at a time.
    private void Fill(float[] dealt, Span<double> values)
    {
        var (own, all) = (new double[values.Length], new double[values.Length]);
        Span<float> products = stackalloc float[FloatProducts.TileRows * FloatProducts.TileQueries];
        for (var row = 0; row < Count; row += FloatProducts.TileRows)
        {
            var tile = new RowTile(ref Row(row), ref Row(row + 1), ref Row(row + 2), ref Row(row + 3));
            var number = 0;
            for (; number + FloatProducts.TileQueries <= values.Length; number += FloatProducts.TileQueries)
            {
                FloatProducts.FourByThree(tile, dealt.AsSpan(number * Count, FloatProducts.TileQueries * Count), Count, products);
                Take(number, FloatProducts.TileQueries, row, products);
            }

            for (; number < values.Length; number++)
            {
                FloatProducts.FourByOne(tile, dealt.AsSpan(number * Count, Count), products);
                Take(number, 1, row, products);
            }
        }

        for (var number = 0; number < values.Length; number++)
        {
            values[number] = Energy(own[number], all[number]);
        }

        void Take(int number, int count, int row, ReadOnlySpan<float> products)
        {
            for (var which = 0; which < count; which++)
            {
                for (var next = 0; next < FloatProducts.TileRows && row + next < Count; next++)
                {
                    if (dealt[((number + which) * Count) + row + next] != 0)
                    {
                        own[number + which] += products[(which * FloatProducts.TileRows) + next];
                        all[number + which] += distances.RowSums[row + next];
                    }
                }
            }
        }
    }

    // own: the sum over pairs within the first sample; all: that over pairs of it with all rows.
    private double Energy(double own, double all)
    {
        double n = First, m = Count - First;
        return -((own / (n * n)) - (2 * (all - own) / (n * m)) + ((_total - (2 * all) + own) / (m * m)));
    }

    private ref float Row(int row) => ref distances.Values[(long)Math.Min(row, Count - 1) * Count];
}
