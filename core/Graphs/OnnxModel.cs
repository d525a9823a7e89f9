using Google.Protobuf;
using Gptx.Graphs.Proto;

namespace Gptx.Graphs;

/// <summary>A graph in ONNX's own form. Its weights stay in the checkpoint's files, to which it points (external data).</summary>
public sealed class OnnxModel
{
    private readonly ModelProto _proto;

    internal OnnxModel(ModelProto proto, IReadOnlyList<string> weights, long weightBytes = 0)
    {
        _proto = proto;
        Weights = weights;
        WeightBytes = weightBytes;
    }

    /// <summary>Bytes of these tensors as it computes with them.</summary>
    public long WeightBytes { get; }

    /// <summary>The most bytes that an .onnx file may have, weights in it included: what protobuf can read.</summary>
    public const long LargestFile = 2_000_000_000;

    /// <summary>The names of the checkpoint's tensors that it reads.</summary>
    public IReadOnlyList<string> Weights { get; }

    /// <summary>The names of its inputs, in order.</summary>
    public IReadOnlyList<string> Inputs => [.. _proto.Graph.Input.Select(input => input.Name).Except(Weights, StringComparer.Ordinal)];

    /// <summary>The names of its outputs, in order.</summary>
    public IReadOnlyList<string> Outputs => [.. _proto.Graph.Output.Select(output => output.Name)];

    /// <summary>Number of nodes.</summary>
    public int NodeCount => _proto.Graph.Node.Count;

    /// <summary>The model as the bytes of an .onnx file.</summary>
    public byte[] ToBytes() => _proto.ToByteArray();

    /// <summary>
    /// Writes the .onnx file. Put it beside the checkpoint's own files: the weights are found relative to it.
    /// </summary>
    public void WriteTo(Stream stream) => _proto.WriteTo(stream);

    /// <summary>Writes the .onnx file with the weights in it; of this model nothing changes.</summary>
    /// <param name="stream">Where it goes.</param>
    /// <param name="read">The bytes of a weight by its name.</param>
    internal void WriteWhole(Stream stream, Func<string, byte[]> read)
    {
        var whole = _proto.Clone();
        foreach (var tensor in whole.Graph.Initializer.Where(tensor => tensor.DataLocation == TensorProto.Types.DataLocation.External))
        {
            tensor.ExternalData.Clear();
            tensor.DataLocation = TensorProto.Types.DataLocation.Default;
            tensor.RawData = UnsafeByteOperations.UnsafeWrap(read(tensor.Name));
        }

        whole.WriteTo(stream);
    }
}
