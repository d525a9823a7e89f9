using Gptx.Graphs.Proto;

namespace Gptx.Graphs.Foreign;

/// <summary>
/// What flows where in a graph: its nodes and values as points in one order, those alone from which a sink is reached. Where only shapes
/// are read (<c>Shape</c>, <c>Size</c>) nothing flows, so that bookkeeping does not hide the way of the numbers.
/// </summary>
internal sealed class ValueFlow
{
    private readonly List<string?> _valueNames = [];
    private readonly List<NodeProto?> _nodes = [];
    private readonly List<List<int>> _after = [];
    private readonly List<List<int>> _before = [];
    private readonly Dictionary<string, int> _points = new(StringComparer.Ordinal);
    private readonly int[] _order;
    private readonly int[] _place;

    /// <summary>Follows a graph to a sink.</summary>
    public ValueFlow(GraphProto graph, string sink)
    {
        foreach (var node in graph.Node.Where(node => node.OpType is not ("Shape" or "Size")))
        {
            var point = Add(null, node);
            foreach (var input in node.Input.Concat(Captured(node)).Where(name => name.Length > 0))
            {
                Connect(PointOf(input), point);
            }

            foreach (var output in node.Output.Where(name => name.Length > 0))
            {
                Connect(point, PointOf(output));
            }
        }

        var leads = Reaching(PointOf(sink), _ => true);
        foreach (var after in _after)
        {
            after.RemoveAll(point => !leads.Contains(point));
        }

        _order = Sorted(leads);
        _place = new int[_nodes.Count];
        Array.Fill(_place, -1);
        foreach (var (place, point) in _order.Index())
        {
            _place[point] = place;
        }
    }

    /// <summary>The nodes that lead to the sink, in an order in which each comes after all that it rests on.</summary>
    public IEnumerable<int> Nodes => _order.Where(point => _nodes[point] is not null);

    /// <summary>The node of a point; null where the point is a value.</summary>
    public NodeProto? NodeAt(int point) => _nodes[point];

    /// <summary>The name of the value of a point; null where the point is a node.</summary>
    public string? ValueAt(int point) => _valueNames[point];

    /// <summary>The point of a value that leads to the sink; null where it does not.</summary>
    public int? Find(string value) => _points.TryGetValue(value, out var point) && _place[point] >= 0 ? point : null;

    /// <summary>The nodes that a value goes into on its way to the sink.</summary>
    public IEnumerable<NodeProto> Consumers(string value) => Find(value) is { } point ? _after[point].Select(after => _nodes[after]!) : [];

    /// <summary>The points that every way from a point to the sink passes, in order, those alone that come before another point (the sink if null).</summary>
    public IReadOnlyList<int> Narrows(int from, int? until)
    {
        var narrows = new List<int>();
        var arrived = new Dictionary<int, int>();
        var open = 0;
        var end = until is { } stop ? _place[stop] : _order.Length;
        for (var place = _place[from]; place < end; place++)
        {
            var point = _order[place];
            if (point != from)
            {
                if (!arrived.Remove(point, out var ways))
                {
                    continue;
                }

                if (ways == open)
                {
                    narrows.Add(point);
                }

                open -= ways;
            }

            open += _after[point].Count;
            foreach (var next in _after[point])
            {
                arrived[next] = arrived.GetValueOrDefault(next) + 1;
            }
        }

        return narrows;
    }

    /// <summary>The points from which a point is reached, back to another.</summary>
    public HashSet<int> Between(int from, int to) => Reaching(to, point => _place[point] >= _place[from]);

    private static IEnumerable<string> Captured(NodeProto node) => node.Attribute
        .SelectMany(attribute => attribute.G is { } graph ? attribute.Graphs.Append(graph) : attribute.Graphs)
        .SelectMany(graph => graph.Node)
        .SelectMany(inner => inner.Input.Concat(Captured(inner)));

    private HashSet<int> Reaching(int sink, Func<int, bool> isWanted)
    {
        var found = new HashSet<int> { sink };
        var open = new Stack<int>([sink]);
        while (open.TryPop(out var point))
        {
            foreach (var before in _before[point].Where(before => isWanted(before) && found.Add(before)))
            {
                open.Push(before);
            }
        }

        return found;
    }

    private int[] Sorted(HashSet<int> points)
    {
        var missing = points.ToDictionary(point => point, point => _before[point].Count);
        var ready = new Queue<int>(points.Where(point => missing[point] == 0).Order());
        var order = new List<int>(points.Count);
        while (ready.TryDequeue(out var point))
        {
            order.Add(point);
            foreach (var after in _after[point].Where(after => --missing[after] == 0))
            {
                ready.Enqueue(after);
            }
        }

        return [.. order];
    }

    private int PointOf(string value) => _points.TryGetValue(value, out var point) ? point : _points[value] = Add(value, null);

    private int Add(string? value, NodeProto? node)
    {
        _valueNames.Add(value);
        _nodes.Add(node);
        _after.Add([]);
        _before.Add([]);
        return _nodes.Count - 1;
    }

    private void Connect(int from, int to)
    {
        _after[from].Add(to);
        _before[to].Add(from);
    }
}
