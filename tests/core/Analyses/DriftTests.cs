using Gptx.Analyses;
using Gptx.Projection;
using Gptx.Tests.Checkpoints;

namespace Gptx.Tests.Analyses;

public class DriftTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static RowLoop Loop => new(0, Cancellation);

    [Theory]
    [InlineData(1, 30, 40, 5, 0)]
    [InlineData(2, 101, 57, 33, 0.5)]
    [InlineData(3, 2, 3, 1, 2)]
    public void The_energy_distance_is_its_definition(int seed, int n, int m, int width, double shift)
    {
        var random = new Random(seed);
        var (x, y) = (SomeRows.Vectors(random, n, width), SomeRows.Vectors(random, m, width, shift));
        var energy = PooledDistances.Of(x, y, Loop).Energy;
        Assert.Equal(Energy(x, y), energy.Value, 1e-12);
        Assert.Equal(Energy(x, y) / (2 * Mean(x, y)), energy.Coefficient, 1e-12);
    }

    [Fact]
    public void Each_dealing_has_the_energy_distance_that_its_rows_have()
    {
        // p of a few rows in a dealing is compared with what the definition gives for every dealing there is.
        var random = new Random(7);
        float[][] rows = SomeRows.Vectors(random, 9, 4);
        var distances = PooledDistances.Of(rows[..4], rows[4..], Loop);
        var all = Subsets(9, 4).Select(chosen => (Chosen: chosen, Energy: Energy([.. chosen.Select(row => rows[row])], [.. Enumerable.Range(0, 9).Except(chosen).Select(row => rows[row])]))).ToList();
        foreach (var (chosen, energy) in all.Where((_, place) => place % 11 == 0))
        {
            var share = all.Count(other => other.Energy >= energy - 1e-9) / (double)all.Count;
            var p = new EnergyPermutations(distances).Probability(20_000, 5, Loop, chosen);
            Assert.Equal(share, p, 4 * Math.Sqrt(share * (1 - share) / 20_000) + 1e-4);
        }
    }

    [Fact]
    public void For_splits_of_one_pool_p_is_uniform()
    {
        // Kolmogorov and Smirnov: of 200 numbers that are uniform the largest difference exceeds 1.63 / sqrt(200) once in a hundred samples. The seeds are fixed.
        const int Splits = 200;
        var random = new Random(20);
        var pool = SomeRows.Clusters(random, 1000, 24, 30, 0.7);
        var distances = PooledDistances.Of(pool[..500], pool[500..], Loop);
        var permutations = new EnergyPermutations(distances);
        var p = new double[Splits];
        for (var split = 0; split < Splits; split++)
        {
            int[] rows = [.. Enumerable.Range(0, 1000)];
            random.Shuffle(rows);
            p[split] = permutations.Probability(199, (ulong)(1000 + split), Loop, rows[..500]);
        }

        Array.Sort(p);
        var farthest = p.Index().Max(item => Math.Max(((item.Index + 1.0) / Splits) - item.Item, item.Item - ((double)item.Index / Splits)));
        Assert.InRange(farthest, 0, 1.63 / Math.Sqrt(Splits));
        Assert.InRange(p.Average(), 0.43, 0.57);
    }

    [Fact]
    public void For_two_sources_p_is_at_its_smallest_and_the_groups_say_why()
    {
        var random = new Random(4);
        float[][] common = SomeRows.Vectors(random, 400, 16);
        float[][] news = [.. SomeRows.Vectors(random, 100, 16, 6)];
        var drift = DriftMeasure.Of(
            SomeRows.Of(common[..200], row => $"old {row}"), SomeRows.Of([.. common[200..], .. news], row => row < 200 ? $"old {row}" : $"new {row}"), new DriftOptions { Groups = 4 }, cancellation: Cancellation);
        Assert.Equal(0.001, drift.PValue);
        Assert.InRange(drift.Effect, 0.02, 1);
        Assert.Equal((200L, 300L, 200, 300), (drift.ReferenceRows, drift.DifferenceRows, drift.ReferenceSample, drift.DifferenceSample));
        var most = drift.Groups[0];
        Assert.Equal((0, 1 / 3.0), (most.ReferenceShare, most.DifferenceShare));
        Assert.All(most.Texts, text => Assert.StartsWith("new", text, StringComparison.Ordinal));
        Assert.Equal(1, drift.Groups.Sum(group => group.ReferenceShare), 1e-12);
        Assert.Equal(500, drift.Points.Count);
    }

    [Fact]
    public void The_same_rows_do_not_differ()
    {
        var rows = SomeRows.Vectors(new Random(6), 60, 8);
        var drift = DriftMeasure.Of(SomeRows.Of(rows), SomeRows.Of(rows), new DriftOptions(), cancellation: Cancellation);
        Assert.Equal((0, 1), (Math.Round(drift.Energy, 12), drift.PValue));
    }

    [Fact]
    public void Scaled_to_length_1_only_directions_count()
    {
        float[][] rows = SomeRows.Vectors(new Random(6), 60, 8);
        float[][] longer = [.. rows.Select(row => row.Select(value => value * 3).ToArray())];
        Assert.Equal(0.001, DriftMeasure.Of(SomeRows.Of(rows), SomeRows.Of(longer), new DriftOptions(), cancellation: Cancellation).PValue);
        Assert.Equal(0, DriftMeasure.Of(SomeRows.Of(rows), SomeRows.Of(longer), new DriftOptions { Normalize = true }, cancellation: Cancellation).Effect, 1e-6);
    }

    [Fact]
    public void Samples_are_drawn_alike_and_the_same_seed_draws_the_same()
    {
        var drawn = new int[50];
        for (var seed = 0UL; seed < 4000; seed++)
        {
            var sample = Sample(seed);
            Assert.Equal(sample.Order(), sample);
            Assert.Equal(10, sample.Distinct().Count());
            foreach (var item in sample)
            {
                drawn[item]++;
            }
        }

        Assert.Equal(Sample(3), Sample(3));
        Assert.NotEqual(Sample(3), Sample(4));
        // Each is drawn with probability 0.2: 800 times, give or take 5 standard deviations.
        Assert.All(drawn, count => Assert.InRange(count, 800 - 127, 800 + 127));

        static IReadOnlyList<int> Sample(ulong seed)
        {
            var sample = new RowSample<int>(10, seed);
            for (var item = 0; item < 50; item++)
            {
                var own = item;
                sample.Offer(() => own);
            }

            return sample.Drawn();
        }
    }

    [Fact]
    public void What_cannot_be_compared_is_refused()
    {
        float[][] rows = [[1, 2], [3, 4], [5, 6]];
        Refusal.Expect("TooFewVectors", () => DriftMeasure.Of(SomeRows.Of(rows), SomeRows.Of(rows[..1]), new DriftOptions(), cancellation: Cancellation));
        Refusal.Expect("WidthMismatch", () => DriftMeasure.Of(SomeRows.Of(rows), SomeRows.Of([[1], [2]]), new DriftOptions(), cancellation: Cancellation));
        Refusal.Expect("OptionOutOfRange", () => DriftMeasure.Of(SomeRows.Of(rows), SomeRows.Of(rows), new DriftOptions { Sample = 1 }, cancellation: Cancellation));
        Refusal.Expect("OptionOutOfRange", () => DriftMeasure.Of(SomeRows.Of(rows), SomeRows.Of(rows), new DriftOptions { Permutations = 0 }, cancellation: Cancellation));
        VectorOrigin Of(string model) => VectorOrigin.Unknown with { Model = model };
        Refusal.Expect("ModelMismatch", () => DriftMeasure.Of(SomeRows.Of(rows, origin: Of("a")), SomeRows.Of(rows, origin: Of("b")), new DriftOptions(), cancellation: Cancellation));
    }

    private static double Energy(float[][] x, float[][] y) => (2 * Mean(x, y)) - Mean(x, x) - Mean(y, y);

    private static double Mean(float[][] ones, float[][] others)
    {
        var sum = 0.0;
        foreach (var one in ones)
        {
            foreach (var other in others)
            {
                var squares = 0.0;
                for (var column = 0; column < one.Length; column++)
                {
                    squares += ((double)one[column] - other[column]) * ((double)one[column] - other[column]);
                }

                sum += Math.Sqrt(squares);
            }
        }

        return sum / (ones.Length * (double)others.Length);
    }

    private static IEnumerable<int[]> Subsets(int count, int size) =>
        Enumerable.Range(0, 1 << count).Where(bits => int.PopCount(bits) == size).Select(bits => Enumerable.Range(0, count).Where(row => (bits >> row & 1) == 1).ToArray());
}
