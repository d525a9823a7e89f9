namespace Gptx.Projection;

/// <summary>
/// UMAP's layout by stochastic gradient descent. In a round each point is moved by its own ties that are due and by points drawn at random, one after another, while all others
/// stand where the round found them: so points can be moved by several threads, and no thread sees what another does. Which ties are due follows
/// from their weight, and which points are drawn from seed, round and point.
/// </summary>
internal sealed class UmapDescent(SparseRows graph, UmapOptions options, LayoutPull pull, RowLoop loop)
{
    private readonly int _dimensions = options.Dimensions;
    private readonly double[] _perEpoch = Rates(graph.Values);

    /// <summary>Moves a layout, [point * dimensions + axis].</summary>
    public float[] Run(float[] layout, int epochs, Action<int>? done = null)
    {
        var next = new float[layout.Length];
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            var (from, to, round) = (layout, next, epoch);
            var rate = (float)(options.LearningRate * (1 - ((double)epoch / epochs)));
            loop.Run(graph.Count, 64, (first, end) =>
            {
                for (var point = first; point < end; point++)
                {
                    from.AsSpan(point * _dimensions, _dimensions).CopyTo(to.AsSpan(point * _dimensions));
                    Move(point, to.AsSpan(point * _dimensions, _dimensions), from, round, rate);
                }
            });
            (layout, next) = (to, from);
            done?.Invoke(epoch + 1);
        }

        return layout;
    }

    private void Move(int point, Span<float> position, float[] layout, int epoch, float rate)
    {
        var random = new CountedRandom(options.Seed ^ ((ulong)epoch << 32) ^ (uint)point);
        var draws = new NegativeDraws(layout, _dimensions, pull);
        var drawn = 0;
        Span<float> neighbour = stackalloc float[_dimensions];
        for (var entry = graph.Starts[point]; entry < graph.Starts[point + 1]; entry++)
        {
            if (Math.Floor((epoch + 1) * _perEpoch[entry]) > Math.Floor(epoch * _perEpoch[entry]))
            {
                // A tie stands in the graph from both its ends and moves both each time; here the neighbour moves only in this thread's eyes.
                layout.AsSpan(graph.Columns[entry] * _dimensions, _dimensions).CopyTo(neighbour);
                pull.Attract(position, neighbour, rate);
                pull.Attract(position, neighbour, rate);
                draws.Repel(position, random, drawn, options.NegativeSamples, rate);
                drawn += options.NegativeSamples;
            }
        }
    }

    // The strongest tie is due in each round, the others as often as they are strong.
    private static double[] Rates(double[] weights)
    {
        var largest = weights.Length == 0 ? 1 : weights.Max();
        return Array.ConvertAll(weights, weight => weight / largest);
    }
}
