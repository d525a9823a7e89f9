namespace Gptx.Projection;

/// <summary>The parts of a graph that hang together, each a list of its points in order; the one with point 0 first.</summary>
internal static class ConnectedParts
{
    public static List<int[]> Of(SparseRows graph)
    {
        var (isSeen, parts, waiting) = (new bool[graph.Count], new List<int[]>(), new Stack<int>());
        for (var first = 0; first < graph.Count; first++)
        {
            if (isSeen[first])
            {
                continue;
            }

            var part = new List<int>();
            waiting.Push(first);
            isSeen[first] = true;
            while (waiting.TryPop(out var point))
            {
                part.Add(point);
                for (var entry = graph.Starts[point]; entry < graph.Starts[point + 1]; entry++)
                {
                    if (!isSeen[graph.Columns[entry]])
                    {
                        isSeen[graph.Columns[entry]] = true;
                        waiting.Push(graph.Columns[entry]);
                    }
                }
            }

            part.Sort();
            parts.Add([.. part]);
        }

        return parts;
    }

    /// <summary>The graph of one part, its points numbered in their order.</summary>
    public static SparseRows Inside(SparseRows graph, int[] part)
    {
        var places = part.Index().ToDictionary(point => point.Item, point => point.Index);
        var (starts, columns, values) = (new int[part.Length + 1], new List<int>(), new List<double>());
        for (var row = 0; row < part.Length; row++)
        {
            for (var entry = graph.Starts[part[row]]; entry < graph.Starts[part[row] + 1]; entry++)
            {
                columns.Add(places[graph.Columns[entry]]);
                values.Add(graph.Values[entry]);
            }

            starts[row + 1] = columns.Count;
        }

        return new SparseRows(starts, [.. columns], [.. values]);
    }
}
