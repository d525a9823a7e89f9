namespace Gptx.Graphs.Lowering;

/// <summary>
/// What the lowering of single operations shares: the builder, the options, and the ONNX names of values already written.
/// Values that belong to tokens lie flat, [batch * position, width], so that every matrix product is one <c>Gemm</c>.
/// </summary>
internal sealed class LoweringContext(OnnxBuilder onnx, LoweringOptions options, IReadOnlySet<string> wanted)
{
    private readonly Dictionary<Operation, string[]> _names = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, string> _shapes = new(StringComparer.Ordinal);
    private string? _tokenShape;
    private string? _causalMask;

    /// <summary>Where nodes are written.</summary>
    public OnnxBuilder Onnx => onnx;

    /// <summary>What is wanted.</summary>
    public LoweringOptions Options => options;

    /// <summary>The ONNX name of a value; it must have been written.</summary>
    public string this[Value value] => _names[value.Producer][value.Part];

    /// <summary>Notes the ONNX names of an operation's outputs.</summary>
    public void Set(Operation operation, params string[] names) => _names[operation] = names;

    /// <summary>Whether this output of the operation is asked for by name.</summary>
    public bool IsWanted(Graph graph, Operation operation, int part) =>
        graph.Activations.Any(named => ReferenceEquals(named.Value.Producer, operation) && named.Value.Part == part && wanted.Contains(named.Name));

    /// <summary>A flat value as [batch, position, ...tail].</summary>
    public string ByPosition(string flat, params ReadOnlySpan<long> tail) => onnx.Node("Reshape", [flat, ShapeByPosition(tail)]);

    /// <summary>A flat value as [batch, position, ...tail], under the name of an output.</summary>
    public void ByPositionAs(string name, string flat, params ReadOnlySpan<long> tail) => onnx.Node("Reshape", "", [flat, ShapeByPosition(tail)], [name]);

    /// <summary>A value of shape [batch, position, ...] as [batch * position, width].</summary>
    public string Flat(string value, int width) => onnx.Node("Reshape", [value, onnx.Integers(-1, width)]);

    /// <summary>[position, position] with minus infinity above the diagonal: what is added to scores so that no query sees a later key.</summary>
    public string CausalMask()
    {
        if (_causalMask is null)
        {
            var positions = onnx.Node("Shape", [Graph.TokenIds], OnnxBuilder.Attribute("start", 1), OnnxBuilder.Attribute("end", 2));
            var square = onnx.Node("Concat", [positions, positions], OnnxBuilder.Attribute("axis", 0));
            var infinite = onnx.Node("ConstantOfShape", [square], OnnxBuilder.TensorAttribute("value", float.NegativeInfinity));
            _causalMask = onnx.Node("Trilu", [infinite, onnx.Integers(1)], OnnxBuilder.Attribute("upper", 1));
        }

        return _causalMask;
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
