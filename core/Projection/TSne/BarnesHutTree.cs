namespace Gptx.Projection;

/// <summary>
/// A layout cut into cells: points in Morton order, each node a range of them with its centre and extent. What is far from a group of
/// points counts as one point of its weight (Barnes and Hut 1986).
/// </summary>
internal sealed class BarnesHutTree
{
    private const int LeafPoints = 32;
    private readonly int _dimensions;
    private readonly double[] _layout;
    private readonly int[] _order;
    private readonly List<Node> _nodes = [];

    private BarnesHutTree(double[] layout, int dimensions)
    {
        (_layout, _dimensions) = (layout, dimensions);
        var keys = MortonKeys.Of(layout, dimensions);
        _order = [.. Enumerable.Range(0, keys.Length)];
        Array.Sort(keys, _order);
        Add(keys, 0, keys.Length, MortonKeys.Levels(dimensions) - 1);
        Leaves = [.. Enumerable.Range(0, _nodes.Count).Where(node => _nodes[node].Children.Count == 0)];
    }

    /// <summary>The nodes without children.</summary>
    public IReadOnlyList<int> Leaves { get; }

    /// <summary>Makes the tree of a layout, [point * dimensions + axis].</summary>
    public static BarnesHutTree Of(double[] layout, int dimensions) => new(layout, dimensions);

    /// <summary>The points of a leaf.</summary>
    public ReadOnlySpan<int> Points(int node) => _order.AsSpan(_nodes[node].First, _nodes[node].End - _nodes[node].First);

    /// <summary>What the points of a leaf meet: single points near it, and cells whose extent is below <paramref name="angle"/> times their distance from it.</summary>
    public void Gather<T>(int leaf, double angle, LayoutAxes<T> met)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        met.Clear();
        Gather(0, _nodes[leaf], angle * angle, met);
    }

    private void Gather<T>(int index, Node leaf, double squaredAngle, LayoutAxes<T> met)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        var node = _nodes[index];
        if (node.Extent * node.Extent < squaredAngle * SquaredDistance(node.Centre, leaf))
        {
            met.Add(node.Centre, node.End - node.First);
            return;
        }

        if (node.Children.Count == 0)
        {
            foreach (var point in Points(index))
            {
                met.Add(_layout.AsSpan(point * _dimensions, _dimensions), 1);
            }
        }

        foreach (var child in node.Children)
        {
            Gather(child, leaf, squaredAngle, met);
        }
    }

    private int Add(ulong[] keys, int first, int end, int level)
    {
        var index = _nodes.Count;
        var node = Measured(first, end);
        _nodes.Add(node);
        if (end - first <= LeafPoints || level < 0)
        {
            return index;
        }

        var shift = level * _dimensions;
        for (var start = first; start < end;)
        {
            var cell = keys[start] >> shift;
            var next = start + 1;
            while (next < end && keys[next] >> shift == cell)
            {
                next++;
            }

            node.Children.Add(Add(keys, start, next, level - 1));
            start = next;
        }

        return index;
    }

    private Node Measured(int first, int end)
    {
        var (low, high, sum) = (new double[_dimensions], new double[_dimensions], new double[_dimensions]);
        Array.Fill(low, double.PositiveInfinity);
        Array.Fill(high, double.NegativeInfinity);
        for (var place = first; place < end; place++)
        {
            for (var axis = 0; axis < _dimensions; axis++)
            {
                var value = _layout[(_order[place] * _dimensions) + axis];
                low[axis] = Math.Min(low[axis], value);
                high[axis] = Math.Max(high[axis], value);
                sum[axis] += value;
            }
        }

        var extent = 0.0;
        for (var axis = 0; axis < _dimensions; axis++)
        {
            extent = Math.Max(extent, high[axis] - low[axis]);
            sum[axis] /= end - first;
        }

        return new Node(first, end, sum, low, high, extent, []);
    }

    private double SquaredDistance(double[] centre, Node box)
    {
        var sum = 0.0;
        for (var axis = 0; axis < _dimensions; axis++)
        {
            var outside = Math.Max(0, Math.Max(box.Low[axis] - centre[axis], centre[axis] - box.High[axis]));
            sum += outside * outside;
        }

        return sum;
    }

    private sealed record Node(int First, int End, double[] Centre, double[] Low, double[] High, double Extent, List<int> Children);
}
