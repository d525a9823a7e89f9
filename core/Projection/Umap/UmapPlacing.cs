namespace Gptx.Projection;

/// <summary>
/// Places new points in a layout: each starts at the weighted mean of its nearest points and is then pulled by them and pushed by points drawn at random, while the layout stays
/// (umap-learn's <c>transform</c>). Each point is by itself: its own strongest tie is due in every round.
/// </summary>
internal sealed class UmapPlacing(MetricPoints fitted, float[] layout, UmapOptions options, LayoutPull pull, RowLoop loop)
{
    private readonly int _dimensions = options.Dimensions;

    public double[][] Place(MetricPoints points)
    {
        var nearest = NearestPoints.Of(points, fitted, options.Neighbors, loop);
        var fuzzy = FuzzyNeighbours.Of(nearest, fitted, options.Neighbors, isConnected: false, loop);
        // Drawn points are others than those of the fit.
        var seeded = options with { Seed = CountedRandom.Mix(options.Seed), LearningRate = options.LearningRate / 2 };
        var placed = new double[points.Count][];
        loop.Run(points.Count, 16, (first, end) =>
        {
            for (var row = first; row < end; row++)
            {
                placed[row] = Place(nearest.Indices(row), fuzzy.Weights.AsSpan(row * nearest.PerPoint, nearest.PerPoint), seeded);
            }
        });
        return placed;
    }

    private double[] Place(ReadOnlySpan<int> neighbours, ReadOnlySpan<double> weights, UmapOptions seeded)
    {
        var (total, strongest) = (0.0, 0.0);
        var start = new double[_dimensions];
        for (var place = 0; place < neighbours.Length; place++)
        {
            total += weights[place];
            strongest = Math.Max(strongest, weights[place]);
            for (var axis = 0; axis < _dimensions; axis++)
            {
                start[axis] += weights[place] * layout[(neighbours[place] * _dimensions) + axis];
            }
        }

        // All weights vanish where everything is far away: then the neighbours count alike.
        var position = new float[_dimensions];
        for (var axis = 0; axis < _dimensions; axis++)
        {
            position[axis] = (float)(total > 0 ? start[axis] / total : layout[(neighbours[0] * _dimensions) + axis]);
        }

        Move(position, neighbours, weights, strongest, seeded);
        return Array.ConvertAll(position, value => (double)value);
    }

    private void Move(float[] position, ReadOnlySpan<int> neighbours, ReadOnlySpan<double> weights, double strongest, UmapOptions seeded)
    {
        var epochs = Math.Max(1, options.EpochsFor(fitted.Count) / 5);
        var noise = new NegativeDraws(layout, _dimensions, pull);
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            var rate = (float)(seeded.LearningRate * (1 - ((double)epoch / epochs)));
            var due = 0;
            for (var place = 0; place < neighbours.Length; place++)
            {
                var perEpoch = strongest > 0 ? weights[place] / strongest : 1;
                if (Math.Floor((epoch + 1) * perEpoch) > Math.Floor(epoch * perEpoch))
                {
                    pull.Attract(position, layout.AsSpan(neighbours[place] * _dimensions, _dimensions).ToArray(), rate);
                    due++;
                }
            }

            noise.Repel(position, new CountedRandom(seeded.Seed ^ (ulong)epoch), 0, due * options.NegativeSamples, rate);
        }
    }
}
