namespace Gptx.Graphs.Lowering;

/// <summary>
/// What the lowering of single operations shares: the builder, the options, and the ONNX names of values already written.
/// Values that belong to tokens lie flat, [batch * position, width], so that every matrix product is one <c>Gemm</c>.
/// </summary>
internal sealed class LoweringContext(OnnxBuilder onnx, LoweringOptions options, IReadOnlySet<string> wanted, IReadOnlyList<Operation> needed)
{
    private readonly Dictionary<Operation, string[]> _names = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Operation, (string Name, int Width)> _byPosition = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, string> _shapes = new(StringComparer.Ordinal);
    private readonly Dictionary<RotaryFrequencies, (string Cosines, string Sines)> _rotations = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<int, string> _causalMasks = [];
    private string? _tokenShape;
    private readonly Dictionary<int, string> _paddingMasks = [];
    private readonly Dictionary<string, string> _blockSums = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _twice = new(StringComparer.Ordinal);
    private Dictionary<object, List<LinearOperation>>? _readers;
    private readonly Dictionary<int, string> _exportedMasks = [];
    private string? _infinite;
    private string? _distances;

    /// <summary>Where nodes are written.</summary>
    public OnnxBuilder Onnx => onnx;

    /// <summary>What is wanted.</summary>
    public LoweringOptions Options => options;

    /// <summary>The ONNX name of a value; it must have been written, but for weights, which are written whole when they are asked for.</summary>
    public string this[Value value] => value.Producer is WeightOperation weight ? Whole(weight) : Flat(value.Producer)[value.Part];

    /// <summary>Notes the ONNX names of an operation's outputs.</summary>
    public void Set(Operation operation, params string[] names) => _names[operation] = names;

    /// <summary>From here on a value is read under another ONNX name, which is flat.</summary>
    public void Replace(Value value, string name)
    {
        Flat(value.Producer)[value.Part] = name;
        _byPosition.Remove(value.Producer);
    }

    /// <summary>Notes the ONNX name of an operation's output that is [batch, position, width]; it is written flat only where that is asked for.</summary>
    public void SetByPosition(Operation operation, string name, int width) => _byPosition[operation] = (name, width);

    /// <summary>Whether an operation was written already, together with another.</summary>
    public bool IsWritten(Operation operation) => _names.ContainsKey(operation);

    /// <summary>A value as [batch, position, width].</summary>
    public string ByPosition(Value value) => _byPosition.TryGetValue(value.Producer, out var own) ? own.Name : ByPosition(this[value], value.Width);

    /// <summary>Whether this output of the operation is asked for by name.</summary>
    public bool IsWanted(Graph graph, Operation operation, int part) =>
        graph.Activations.Any(named => ReferenceEquals(named.Value.Producer, operation) && named.Value.Part == part && wanted.Contains(named.Name));

    /// <summary>A flat value as [batch, position, ...tail].</summary>
    public string ByPosition(string flat, params ReadOnlySpan<long> tail) => onnx.Node("Reshape", [flat, ShapeByPosition(tail)]);

    /// <summary>A flat value as [batch, position, ...tail], under the name of an output.</summary>
    public void ByPositionAs(string name, string flat, params ReadOnlySpan<long> tail) => onnx.Node("Reshape", "", [flat, ShapeByPosition(tail)], [name]);

    /// <summary>A value of shape [batch, position, ...] as [batch * position, width].</summary>
    public string Flat(string value, int width) => onnx.Node("Reshape", [value, onnx.Integers(-1, width)]);

    /// <summary>Cosines and sines of a rotation; written when they are first asked for.</summary>
    public (string Cosines, string Sines) Rotation(RotaryFrequencies frequencies, Func<(string Cosines, string Sines)> write)
    {
        if (!_rotations.TryGetValue(frequencies, out var rotation))
        {
            rotation = write();
            _rotations.Add(frequencies, rotation);
        }

        return rotation;
    }

    /// <summary>
    /// [position, position] with minus infinity where a query must not look: at later keys, and at those that a window of so many keys has left
    /// behind. It is added to scores.
    /// </summary>
    public string CausalMask(int? window)
    {
        var key = window ?? 0;
        if (!_causalMasks.TryGetValue(key, out var mask))
        {
            mask = onnx.Node("Trilu", [InfiniteSquare(), onnx.Integers(1)], OnnxBuilder.Attribute("upper", 1));
            if (window is { } most)
            {
                var behind = onnx.Node("Trilu", [InfiniteSquare(), onnx.Integers(-most)], OnnxBuilder.Attribute("upper", 0));
                mask = onnx.Node("Add", [mask, behind]);
            }

            _causalMasks.Add(key, mask);
        }

        return mask;
    }

    /// <summary>
    /// [batch, 1, position, position] with minus infinity where a query must not look: at padding, and at keys further away than a window on
    /// either side. Each token sees itself, padding too, so that no row is empty. It is added to scores.
    /// </summary>
    public string PaddingMask(int? window)
    {
        var key = window ?? -1;
        if (!_paddingMasks.TryGetValue(key, out var mask))
        {
            var isSelf = onnx.Node("Cast", [onnx.Node("EyeLike", [InfiniteSquare()])], OnnxBuilder.Attribute("to", (int)DataType.Bool));
            var isReal = onnx.Node("Cast", [onnx.Node("Unsqueeze", [Graph.AttentionMask, onnx.Integers(1, 2)])], OnnxBuilder.Attribute("to", (int)DataType.Bool));
            mask = onnx.Node("Where", [onnx.Node("Or", [isReal, isSelf]), onnx.Scalar(0), onnx.Scalar(float.NegativeInfinity)]);
            if (window is { } most)
            {
                var ahead = onnx.Node("Trilu", [InfiniteSquare(), onnx.Integers(most + 1)], OnnxBuilder.Attribute("upper", 1));
                var behind = onnx.Node("Trilu", [InfiniteSquare(), onnx.Integers(-most - 1)], OnnxBuilder.Attribute("upper", 0));
                mask = onnx.Node("Add", [mask, onnx.Node("Add", [ahead, behind])]);
            }

            _paddingMasks.Add(key, mask);
        }

        return mask;
    }

    /// <summary>
    /// [batch, 1, new, past + new] with the least float where a query must not look: at padding, later keys, and those that a window has left behind. Where keys
    /// of earlier tokens are given, queries begin behind them. A row of padding sees nothing, and all of it alike: minus infinity would make it no number.
    /// </summary>
    public string ExportedMask(int? window)
    {
        var key = window ?? 0;
        if (!_exportedMasks.TryGetValue(key, out var mask))
        {
            var total = TokensAcross(Graph.AttentionMask);
            var first = onnx.Node("Sub", [total, TokensAcross(Graph.TokenIds)]);
            var queries = onnx.Node("Unsqueeze", [onnx.Node("Range", [first, total, onnx.Whole(1)]), onnx.Integers(1)]);
            var keys = onnx.Node("Range", [onnx.Whole(0), total, onnx.Whole(1)]);
            var seen = onnx.Node("LessOrEqual", [keys, queries]);
            if (window is { } most)
            {
                seen = onnx.Node("And", [seen, onnx.Node("Greater", [keys, onnx.Node("Sub", [queries, onnx.Whole(most)])])]);
            }

            var isReal = onnx.Node("Cast", [onnx.Node("Unsqueeze", [Graph.AttentionMask, onnx.Integers(1, 2)])], OnnxBuilder.Attribute("to", (int)DataType.Bool));
            mask = onnx.Node("Where", [onnx.Node("And", [seen, isReal]), onnx.Scalar(0), onnx.Scalar(float.MinValue)]);
            _exportedMasks.Add(key, mask);
        }

        return mask;
    }

    /// <summary>How many tokens a row of an input has, a scalar.</summary>
    public string TokensAcross(string input) =>
        onnx.Node("Squeeze", [onnx.Node("Shape", [input], OnnxBuilder.Attribute("start", 1), OnnxBuilder.Attribute("end", 2))]);

    /// <summary>How many positions each key stands behind each query, [query, key].</summary>
    public string Distances()
    {
        if (_distances is null)
        {
            var length = onnx.Node("Shape", [Graph.TokenIds], OnnxBuilder.Attribute("start", 1), OnnxBuilder.Attribute("end", 2));
            var positions = onnx.Node("NonZero", [onnx.Node("ConstantOfShape", [length], OnnxBuilder.TensorAttribute("value", 1f))]);
            _distances = onnx.Node("Sub", [positions, onnx.Node("Transpose", [positions])]);
        }

        return _distances;
    }

    /// <summary>The products that read the same x as this one and whose weights lie as its own does, this one among them, in order.</summary>
    public IReadOnlyList<LinearOperation> Beside(LinearOperation linear)
    {
        _readers ??= needed.OfType<LinearOperation>().GroupBy(other => other.X.Producer, ReferenceEqualityComparer.Instance)
            .ToDictionary(group => group.Key!, group => group.ToList(), ReferenceEqualityComparer.Instance);
        return [.. _readers[linear.X.Producer].Where(other => other.X.Part == linear.X.Part && other.Layout == linear.Layout && !IsWritten(other))];
    }

    /// <summary>How a weight is kept quantized in the graph, or several as one; null where they are not, or a value is no weight.</summary>
    public BlockWeight? Blocks(bool storedInOut, params IReadOnlyList<Value> weights) => weights.All(value => value.Producer is WeightOperation)
        ? options.Blocks?.Invoke([.. weights.Select(value => ((WeightOperation)value.Producer).Name)], storedInOut)
        : null;

    /// <summary>The ONNX name of a part of a quantized matrix.</summary>
    public string Part(BlockWeight weight, BlockPart part)
    {
        var name = weight.NameOf(part);
        var stored = new StoredWeight(BlockWeight.TypeOf(part), weight.File, StoredWeight.Nowhere, weight.BytesOf(part)) { IsShared = part == BlockPart.Minima };
        onnx.ExternalWeight(name, weight.ShapeOf(part), stored);
        return name;
    }

    /// <summary>The sums of x over blocks of 32, [tokens, width] to [tokens, blocks]; all matrices that read x share them.</summary>
    public string BlockSums(string x, int blocks)
    {
        if (!_blockSums.TryGetValue(x, out var sums))
        {
            var apart = onnx.Node("Reshape", [x, onnx.Integers(-1, blocks, BlockWeight.BlockLength)]);
            sums = onnx.Node("ReduceSum", [apart, onnx.Integers(-1)], OnnxBuilder.Attribute("keepdims", 0));
            _blockSums.Add(x, sums);
        }

        return sums;
    }

    /// <summary>x beside itself, [tokens, 2 * width]; all matrices that read x so share it.</summary>
    public string Twice(string x)
    {
        if (!_twice.TryGetValue(x, out var twice))
        {
            twice = onnx.Node("Concat", [x, x], OnnxBuilder.Attribute("axis", -1));
            _twice.Add(x, twice);
        }

        return twice;
    }

    private string[] Flat(Operation operation)
    {
        if (!_names.TryGetValue(operation, out var names))
        {
            var (name, width) = _byPosition[operation];
            names = [Flat(name, width)];
            _names.Add(operation, names);
        }

        return names;
    }

    private string Whole(WeightOperation weight)
    {
        if (!_names.TryGetValue(weight, out var names))
        {
            var stored = options.Weights(weight.Name);
            onnx.ExternalWeight(weight.Name, weight.Shape, stored);
            names = [stored.Type == DataType.Float32 ? weight.Name : onnx.Node("Cast", [weight.Name], OnnxBuilder.Attribute("to", (int)DataType.Float32))];
            _names.Add(weight, names);
        }

        return names[0];
    }

    private string InfiniteSquare()
    {
        if (_infinite is null)
        {
            var positions = onnx.Node("Shape", [Graph.TokenIds], OnnxBuilder.Attribute("start", 1), OnnxBuilder.Attribute("end", 2));
            var square = onnx.Node("Concat", [positions, positions], OnnxBuilder.Attribute("axis", 0));
            _infinite = onnx.Node("ConstantOfShape", [square], OnnxBuilder.TensorAttribute("value", float.NegativeInfinity));
        }

        return _infinite;
    }

    private string ShapeByPosition(ReadOnlySpan<long> tail)
    {
        var key = string.Join(',', tail.ToArray());
        if (!_shapes.TryGetValue(key, out var shape))
        {
            _tokenShape ??= onnx.Node("Shape", [Graph.TokenIds]);
            shape = onnx.Node("Concat", [_tokenShape, onnx.Integers(tail)], OnnxBuilder.Attribute("axis", 0));
            _shapes.Add(key, shape);
        }

        return shape;
    }
}
