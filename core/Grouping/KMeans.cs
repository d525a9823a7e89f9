using Gptx.Projection;

namespace Gptx.Grouping;

/// <summary>
/// k-means (Lloyd 1957) from beginnings by k-means++ (Arthur and Vassilvitskii 2007): with the cosine metric on vectors of length 1 (spherical k-means). The same seed gives the
/// same groups at any number of threads. A group that loses all its points takes the point farthest from its centre.
/// </summary>
internal sealed class KMeans(MetricPoints points, int groups, GroupingOptions options, RowLoop loop)
{
    private const int Block = 64;
    private readonly double[] _distances = new double[points.Count];
    private readonly int[] _group = new int[points.Count];

    /// <summary>The best of several beginnings.</summary>
    public KMeansResult Best()
    {
        KMeansResult? best = null;
        for (var start = 0; start < options.Starts; start++)
        {
            var found = Run(new CountedRandom(options.Seed + (ulong)start));
            best = best is null || found.Inertia < best.Inertia ? found : best;
        }

        return best!;
    }

    private KMeansResult Run(CountedRandom random)
    {
        var centres = Begin(random);
        for (var round = 0; round < options.Iterations; round++)
        {
            loop.Cancellation.ThrowIfCancellationRequested();
            var before = _group.ToArray();
            Assign(centres);
            if (round > 0 && _group.AsSpan().SequenceEqual(before))
            {
                break;
            }

            centres = Centres();
        }

        Assign(centres);
        return new KMeansResult([.. _group], [.. _distances], centres, _distances.Sum());
    }

    // Each next centre is a point, drawn in proportion to its (squared) distance from those before.
    private MetricPoints Begin(CountedRandom random)
    {
        var chosen = new List<int> { random.Below(0, points.Count) };
        var nearest = new double[points.Count];
        Array.Fill(nearest, double.PositiveInfinity);
        while (true)
        {
            var last = MetricPoints.Of(points.Points.Take([chosen[^1]]), points.Metric, 1);
            FillDistances(last, (point, distances) => nearest[point] = Math.Min(nearest[point], distances[0]));
            if (chosen.Count == groups)
            {
                return MetricPoints.Of(points.Points.Take(chosen), points.Metric, 1);
            }

            chosen.Add(Drawn(nearest, random.Uniform((ulong)chosen.Count)));
        }
    }

    private static int Drawn(double[] weights, double part)
    {
        var rest = part * weights.Sum();
        for (var point = 0; point < weights.Length; point++)
        {
            rest -= weights[point];
            if (rest < 0)
            {
                return point;
            }
        }

        // All weights are 0: there are fewer different points than groups.
        return (int)(part * weights.Length);
    }

    private void Assign(MetricPoints centres)
    {
        FillDistances(centres, (point, distances) =>
        {
            var best = 0;
            for (var group = 1; group < distances.Length; group++)
            {
                best = distances[group] < distances[best] ? group : best;
            }

            (_group[point], _distances[point]) = (best, distances[best]);
        });
        FillEmpty();
    }

    private void FillEmpty()
    {
        var sizes = new int[groups];
        foreach (var group in _group)
        {
            sizes[group]++;
        }

        for (var empty = Array.IndexOf(sizes, 0); empty >= 0; empty = Array.IndexOf(sizes, 0))
        {
            var farthest = Enumerable.Range(0, points.Count).Where(point => sizes[_group[point]] > 1).MaxBy(point => _distances[point]);
            sizes[_group[farthest]]--;
            (_group[farthest], _distances[farthest], sizes[empty]) = (empty, 0, 1);
        }
    }

    private MetricPoints Centres()
    {
        var (sums, sizes) = (new PointMatrix(groups, points.Points.Width), new int[groups]);
        for (var point = 0; point < points.Count; point++)
        {
            var (row, sum) = (points.Points.Row(point).ToArray(), _group[point]);
            sizes[sum]++;
            var target = sums.MutableRow(sum);
            for (var column = 0; column < row.Length; column++)
            {
                target[column] += row[column];
            }
        }

        for (var group = 0; group < groups; group++)
        {
            foreach (ref var value in sums.MutableRow(group))
            {
                value /= sizes[group];
            }
        }

        return MetricPoints.Of(sums, points.Metric, 1);
    }

    private void FillDistances(MetricPoints others, Visit visit) => loop.Run(points.Count, Block, (first, end) =>
    {
        var distances = new double[PairDistances<Product>.Tile * others.Count];
        var tile = new double[PairDistances<Product>.Tile * points.Points.Stride];
        for (var row = first; row < end; row += PairDistances<Product>.Tile)
        {
            points.Fill(row, others, distances, tile);
            for (var point = row; point < Math.Min(end, row + PairDistances<Product>.Tile); point++)
            {
                visit(point, distances.AsSpan((point - row) * others.Count, others.Count));
            }
        }
    });

    private delegate void Visit(int point, ReadOnlySpan<double> distances);
}

/// <summary>What k-means found.</summary>
/// <param name="Groups">The group of each point.</param>
/// <param name="Distances">Its distance from the group's centre, squared where it is Euclidean.</param>
/// <param name="Centres">The centres.</param>
/// <param name="Inertia">The sum of the distances, which k-means lessens.</param>
internal sealed record KMeansResult(int[] Groups, double[] Distances, MetricPoints Centres, double Inertia);
