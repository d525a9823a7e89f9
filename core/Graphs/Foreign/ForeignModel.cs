using Google.Protobuf;
using Gptx.Graphs.Proto;

namespace Gptx.Graphs.Foreign;

/// <summary>An ONNX model that somebody else wrote, read as far as it must be understood to be run: its inputs, its outputs, its nodes and where its weights lie.</summary>
internal sealed class ForeignModel
{
    private readonly ModelProto _proto;
    private readonly string _path;
    private readonly HashSet<string> _initializers;

    private ForeignModel(ModelProto proto, string path)
    {
        _proto = proto;
        _path = path;
        _initializers = [.. Graph.Initializer.Select(tensor => tensor.Name)];
        Inputs = [.. Graph.Input.Where(input => !IsInitializer(input.Name)).Select(ForeignValue.Of)];
        Outputs = [.. Graph.Output.Select(ForeignValue.Of)];
    }

    /// <summary>The main graph.</summary>
    public GraphProto Graph => _proto.Graph;

    /// <summary>What must be fed.</summary>
    public IReadOnlyList<ForeignValue> Inputs { get; }

    /// <summary>What comes out of it as it is.</summary>
    public IReadOnlyList<ForeignValue> Outputs { get; }

    /// <summary>The operators it has, those of branches, loops and functions too.</summary>
    public IReadOnlySet<string> Operators => NestedNodes.In(_proto.Functions.SelectMany(function => function.Node).Concat(Graph.Node)).Select(node => node.OpType).ToHashSet(StringComparer.Ordinal);

    /// <summary>The files that weights lie in, apart from the model's own.</summary>
    public IReadOnlyList<string> DataFiles { get; set; } = [];

    /// <summary>Reads the bytes of an .onnx file; nesting is bounded by protobuf's reader, sizes by the bytes themselves.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="path">The file's path, for messages.</param>
    /// <exception cref="GptxException"><c>OnnxInvalid</c>: it is no ONNX model.</exception>
    public static ForeignModel Parse(byte[] bytes, string path)
    {
        ModelProto proto;
        try
        {
            proto = ModelProto.Parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException error)
        {
            throw Invalid(path, $"the file is no ONNX model: {error.Message}");
        }

        if (proto.Graph is null || proto.Graph.Node.Count == 0 || proto.Graph.Output.Count == 0)
        {
            throw Invalid(path, "the file is no ONNX model: it has no graph with nodes and outputs");
        }

        proto.TrainingInfo.Clear();
        var model = new ForeignModel(proto, path);
        model.RefuseHiddenFiles();
        return model;
    }

    /// <summary>The weights that lie in other files, each with what it says of its place.</summary>
    /// <exception cref="GptxException"><c>OnnxInvalid</c>: it says none, or what it says is no number.</exception>
    public IEnumerable<ExternalTensor> ExternalTensors => Graph.Initializer.Where(IsExternal).Select(tensor => ExternalTensor.Of(tensor, _path));

    /// <summary>Where the weights of other files lie from now on, beside nothing but these.</summary>
    public void Relocate(ExternalTensor tensor, string location)
    {
        var data = tensor.Proto.ExternalData;
        data.Clear();
        data.Add(new StringStringEntryProto { Key = "location", Value = location });
        data.Add(new StringStringEntryProto { Key = "offset", Value = $"{tensor.Offset}" });
        data.Add(new StringStringEntryProto { Key = "length", Value = $"{tensor.ByteLength}" });
    }

    /// <summary>The model as bytes: as it is where its own outputs are wanted, else with these outputs in their place.</summary>
    public byte[] ToBytes(IReadOnlyCollection<string> outputs)
    {
        if (outputs.All(name => Outputs.Any(output => output.Name == name)))
        {
            return _proto.ToByteArray();
        }

        // ONNX Runtime finds out types and shapes by itself, and leaves away what no output needs.
        var graph = new GraphProto { Name = Graph.Name };
        graph.Node.Add(Graph.Node);
        graph.Initializer.Add(Graph.Initializer);
        graph.SparseInitializer.Add(Graph.SparseInitializer);
        graph.Input.Add(Graph.Input);
        graph.Output.Add(outputs.Select(name => Graph.Output.FirstOrDefault(output => output.Name == name) ?? new ValueInfoProto { Name = name }));
        var model = new ModelProto { IrVersion = _proto.IrVersion, Graph = graph };
        model.OpsetImport.Add(_proto.OpsetImport);
        model.Functions.Add(_proto.Functions);
        return model.ToByteArray();
    }

    /// <summary>The error for a file that is wrong.</summary>
    public static GptxException Invalid(string path, string problem) => new(GptxErrorKind.ModelNotLoadable, "OnnxInvalid", $"{path}: {problem}");

    private static bool IsExternal(TensorProto tensor) => tensor.DataLocation == TensorProto.Types.DataLocation.External || tensor.ExternalData.Count > 0;

    private bool IsInitializer(string name) => _initializers.Contains(name);

    /// <summary>Files may be named only where everybody puts them, at the weights of the main graph: nowhere else is looked.</summary>
    private void RefuseHiddenFiles()
    {
        var tensors = NestedTensors.In(_proto.Functions.SelectMany(function => function.Node))
            .Concat(NestedTensors.In(Graph.Node))
            .Concat(Graph.SparseInitializer.SelectMany(NestedTensors.Of));
        if (tensors.FirstOrDefault(IsExternal) is { } hidden)
        {
            throw Invalid(_path, $"tensor '{hidden.Name}' lies in another file and is no weight of the main graph, which is not supported");
        }
    }
}
