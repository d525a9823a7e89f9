using System.Runtime.InteropServices;
using Google.Protobuf;
using Gptx.Graphs.Proto;

namespace Gptx.Graphs.Lowering;

/// <summary>Writes the nodes, constants, inputs and outputs of one ONNX graph and keeps its names unique.</summary>
internal sealed class OnnxBuilder
{
    /// <summary>The domain of ONNX Runtime's own operators.</summary>
    public const string Microsoft = "com.microsoft";

    private const int StandardOpset = 23;
    private readonly GraphProto _graph = new() { Name = "gptx" };
    private readonly Dictionary<string, string> _constants = new(StringComparer.Ordinal);
    private readonly OrderedDictionary<string, StoredWeight> _weights = new(StringComparer.Ordinal);
    private int _counter;

    /// <summary>The names of the tensors that lie outside of the graph, in the order in which they were declared.</summary>
    public IReadOnlyList<string> Weights => [.. _weights.Keys];

    /// <summary>Their bytes.</summary>
    public long WeightBytes => _weights.Values.Sum(weight => weight.ByteLength);

    /// <summary>Adds a node with one output and returns that output's name.</summary>
    public string Node(string type, IReadOnlyList<string> inputs, params AttributeProto[] attributes) =>
        Node(type, "", inputs, 1, attributes)[0];

    /// <summary>Adds a node and returns the names of its outputs.</summary>
    public string[] Node(string type, string domain, IReadOnlyList<string> inputs, int outputs, params AttributeProto[] attributes)
    {
        var names = Enumerable.Range(0, outputs).Select(_ => Fresh(type)).ToArray();
        Node(type, domain, inputs, names, attributes);
        return names;
    }

    /// <summary>Adds a node whose outputs have names already.</summary>
    public void Node(string type, string domain, IReadOnlyList<string> inputs, IReadOnlyList<string> outputs, params AttributeProto[] attributes)
    {
        var node = new NodeProto { OpType = type, Domain = domain, Name = Fresh("node") };
        node.Input.AddRange(inputs);
        node.Output.AddRange(outputs);
        node.Attribute.AddRange(attributes);
        _graph.Node.Add(node);
    }

    /// <summary>A constant vector of integers.</summary>
    public string Integers(params ReadOnlySpan<long> values) =>
        Constant(DataType.Int64, [values.Length], MemoryMarshal.AsBytes(values));

    /// <summary>A constant integer that is a scalar.</summary>
    public string Whole(long value) => Constant(DataType.Int64, [], MemoryMarshal.AsBytes([value]));

    /// <summary>A constant vector of numbers.</summary>
    public string Singles(IReadOnlyList<float> values) =>
        Constant(DataType.Float32, [values.Count], MemoryMarshal.AsBytes<float>(values.ToArray()));

    /// <summary>A constant scalar.</summary>
    public string Scalar(float value) => Constant(DataType.Float32, [], MemoryMarshal.AsBytes([value]));

    /// <summary>Declares an input of the graph; negative dimensions are free.</summary>
    public void Input(string name, DataType type, params IReadOnlyList<string> dimensions) => _graph.Input.Add(Info(name, type, dimensions));

    /// <summary>Declares an output of the graph and gives it a value that was computed under another name.</summary>
    public void Output(string name, string value, DataType type, params IReadOnlyList<string> dimensions)
    {
        Node("Identity", "", [value], [name]);
        DeclareOutput(name, type, dimensions);
    }

    /// <summary>Declares an output whose name a node already writes.</summary>
    public void DeclareOutput(string name, DataType type, params IReadOnlyList<string> dimensions) => _graph.Output.Add(Info(name, type, dimensions));

    /// <summary>Declares a tensor that lies in the checkpoint's own file or in memory; once, however often it is used.</summary>
    public void ExternalWeight(string name, IReadOnlyList<long> shape, StoredWeight stored)
    {
        if (!_weights.TryAdd(name, stored))
        {
            return;
        }

        if (stored.IsShared)
        {
            _graph.Input.Add(Info(name, stored.Type, [.. shape.Select(size => $"{size}")]));
        }

        var tensor = new TensorProto { Name = name, DataType = (int)stored.Type, DataLocation = TensorProto.Types.DataLocation.External };
        tensor.Dims.AddRange(shape);
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = stored.File });
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "offset", Value = $"{stored.Offset}" });
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "length", Value = $"{stored.ByteLength}" });
        _graph.Initializer.Add(tensor);
    }

    /// <summary>The finished model.</summary>
    public ModelProto Model()
    {
        var model = new ModelProto { IrVersion = 10, ProducerName = "gptx", Graph = _graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = StandardOpset });
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = Microsoft, Version = 1 });
        return model;
    }

    /// <summary>An integer attribute.</summary>
    public static AttributeProto Attribute(string name, long value) => new() { Name = name, I = value, Type = AttributeProto.Types.AttributeType.Int };

    /// <summary>A floating-point attribute.</summary>
    public static AttributeProto Attribute(string name, float value) => new() { Name = name, F = value, Type = AttributeProto.Types.AttributeType.Float };

    /// <summary>A text attribute.</summary>
    public static AttributeProto Attribute(string name, string value) =>
        new() { Name = name, S = ByteString.CopyFromUtf8(value), Type = AttributeProto.Types.AttributeType.String };

    /// <summary>An attribute that is a list of integers.</summary>
    public static AttributeProto Attribute(string name, IEnumerable<long> values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Ints };
        attribute.Ints.AddRange(values);
        return attribute;
    }

    /// <summary>A tensor attribute that holds one float.</summary>
    public static AttributeProto TensorAttribute(string name, float value) => new()
    {
        Name = name,
        T = new TensorProto { DataType = (int)DataType.Float32, Dims = { 1 }, RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes([value])) },
        Type = AttributeProto.Types.AttributeType.Tensor,
    };

    private string Constant(DataType type, IReadOnlyList<long> shape, ReadOnlySpan<byte> bytes)
    {
        var key = $"{type}[{string.Join(',', shape)}]{Convert.ToHexString(bytes)}";
        if (!_constants.TryGetValue(key, out var name))
        {
            name = Fresh("constant");
            var tensor = new TensorProto { Name = name, DataType = (int)type, RawData = ByteString.CopyFrom(bytes) };
            tensor.Dims.AddRange(shape);
            _graph.Initializer.Add(tensor);
            _constants.Add(key, name);
        }

        return name;
    }

    private string Fresh(string stem) => $"{stem}_{_counter++}";

    private static ValueInfoProto Info(string name, DataType type, IReadOnlyList<string> dimensions)
    {
        var shape = new TensorShapeProto();
        foreach (var dimension in dimensions)
        {
            shape.Dim.Add(long.TryParse(dimension, out var size)
                ? new TensorShapeProto.Types.Dimension { DimValue = size }
                : new TensorShapeProto.Types.Dimension { DimParam = dimension });
        }

        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = shape } } };
    }
}
