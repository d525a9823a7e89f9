namespace Gptx.Projection;

/// <summary>
/// Where UMAP's layout begins: the graph's smoothest eigenvectors, each part of the graph that hangs together by itself, around a place that follows from the part's
/// mean; between 0 and 10 along each axis, with noise of 1e-4.
/// </summary>
internal static class SpectralStart
{
    private const double Extent = 10;
    private const double Noise = 1e-4;

    public static float[] Of(SparseRows graph, PointMatrix points, UmapOptions options, RowLoop loop)
    {
        var (n, dimensions) = (graph.Count, options.Dimensions);
        var random = new CountedRandom(CountedRandom.Mix(options.Seed + 1));
        var layout = new double[n * dimensions];
        if (options.RandomStart)
        {
            for (var place = 0; place < layout.Length; place++)
            {
                layout[place] = (2 * Extent * random.Uniform((ulong)place)) - Extent;
            }

            return Array.ConvertAll(layout, value => (float)value);
        }

        var parts = ConnectedParts.Of(graph);
        var centres = PartCentres.Of(parts, points, dimensions, random, loop);
        for (var part = 0; part < parts.Count; part++)
        {
            Place(graph, parts[part], centres[part], options, loop, layout);
        }

        Stretch(layout, dimensions);
        for (var place = 0; place < layout.Length; place++)
        {
            layout[place] += Noise * random.Normal((ulong)place);
        }

        return Array.ConvertAll(layout, value => (float)value);
    }

    private static void Place(SparseRows graph, int[] part, PartCentre centre, UmapOptions options, RowLoop loop, double[] layout)
    {
        var inside = part.Length == graph.Count ? graph : ConnectedParts.Inside(graph, part);
        double[][] axes = part.Length >= GraphEigenvectors.FewestPoints
            ? GraphEigenvectors.Of(inside, options.Dimensions, options.Seed, loop)
            : Scattered(part.Length, options);
        var largest = Math.Max(axes.Max(axis => axis.Max(Math.Abs)), double.Epsilon);
        for (var place = 0; place < part.Length; place++)
        {
            for (var axis = 0; axis < axes.Length; axis++)
            {
                layout[(part[place] * axes.Length) + axis] = centre.Place[axis] + (centre.Radius * axes[axis][place] / largest);
            }
        }
    }

    // Too few points for eigenvectors: numbers of the seed.
    private static double[][] Scattered(int points, UmapOptions options)
    {
        var random = new CountedRandom(options.Seed);
        return [.. Enumerable.Range(0, options.Dimensions).Select(axis =>
            Enumerable.Range(0, points).Select(point => random.Normal((ulong)((point * options.Dimensions) + axis))).ToArray())];
    }

    private static void Stretch(double[] layout, int dimensions)
    {
        for (var axis = 0; axis < dimensions; axis++)
        {
            var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
            for (var place = axis; place < layout.Length; place += dimensions)
            {
                (low, high) = (Math.Min(low, layout[place]), Math.Max(high, layout[place]));
            }

            for (var place = axis; place < layout.Length && high > low; place += dimensions)
            {
                layout[place] = Extent * (layout[place] - low) / (high - low);
            }
        }
    }
}
