namespace Gptx.Projection;

/// <summary>The fuzzy simplicial set of UMAP: points tied as strongly as either takes the other for a neighbour, w + w^T - w w^T (the probabilistic or).</summary>
internal static class FuzzyGraph
{
    /// <summary>The graph of points with their neighbours.</summary>
    public static SparseRows Of(NearestPoints nearest, MetricPoints points, int size, RowLoop loop)
    {
        var fuzzy = FuzzyNeighbours.Of(nearest, points, size, isConnected: true, loop);
        var per = nearest.PerPoint;
        return SparseRows.Symmetric(
            nearest.Count,
            row => nearest.Indices(row).ToArray(),
            row => fuzzy.Weights.AsMemory(row * per, per),
            (one, other) => one + other - (one * other));
    }

    /// <summary>The graph without ties so weak that no round would draw them.</summary>
    public static SparseRows Pruned(SparseRows graph, int epochs)
    {
        var least = graph.Values.Length == 0 || epochs == 0 ? 0 : graph.Values.Max() / epochs;
        var (starts, columns, values) = (new int[graph.Count + 1], new List<int>(graph.Columns.Length), new List<double>(graph.Values.Length));
        for (var row = 0; row < graph.Count; row++)
        {
            for (var entry = graph.Starts[row]; entry < graph.Starts[row + 1]; entry++)
            {
                if (graph.Values[entry] >= least)
                {
                    columns.Add(graph.Columns[entry]);
                    values.Add(graph.Values[entry]);
                }
            }

            starts[row + 1] = columns.Count;
        }

        return new SparseRows(starts, [.. columns], [.. values]);
    }
}
