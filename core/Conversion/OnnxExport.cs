using System.Text.Json.Nodes;
using Gptx.Architectures;
using Gptx.Checkpoints;
using Gptx.Graphs;
using Gptx.Graphs.Lowering;

namespace Gptx.Conversion;

/// <summary>
/// A checkpoint's forward pass as an ONNX model with the inputs and outputs of optimum's exports. Weights lie in the file, or beside it in pages of their own, so that
/// they can be mapped.
/// </summary>
internal sealed class OnnxExport : IExport
{
    private const string Subfolder = "onnx";
    private const long Page = 4096;
    private readonly Dictionary<string, StoredWeight> _places = new(StringComparer.Ordinal);
    private readonly CheckpointFolder _checkpoint;
    private readonly ElementType _type;
    private readonly OnnxModel _model;
    private readonly string _name;

    public OnnxExport(CheckpointFolder checkpoint, ConversionOptions options, bool isFile)
    {
        _checkpoint = checkpoint;
        _type = options.Type ?? ElementType.Float32;
        _name = _type switch
        {
            ElementType.Float16 => "model_fp16.onnx",
            ElementType.BFloat16 => "model_bf16.onnx",
            _ => "model.onnx",
        };
        var transformer = ArchitectureCatalog.For(checkpoint.Config).Build(checkpoint.Config, new CheckpointTensors(checkpoint.Tensors, checkpoint.Path));
        _model = ExportedGraph.Of(transformer, Place);
        IsExternal = !isFile && Bytes >= options.ExternalFrom;
        if (transformer.Graph.Operations.OfType<RotaryOperation>().Any(rotary => rotary.Rotary.Frequencies is not FixedFrequencies))
        {
            Notes = ["rotation depends on how long the longest row is: keys of earlier tokens stay as they were made, as in transformers' own exports"];
        }

        if (!IsExternal && Bytes > OnnxModel.LargestFile)
        {
            throw new GptxException(
                GptxErrorKind.InvalidArgument, "OnnxTooLarge", $"{checkpoint.Path} has {Bytes} bytes of weights, more than an .onnx file may have: write a folder, where they lie beside the graph");
        }
    }

    public bool IsExternal { get; }

    public long Bytes { get; private set; }

    public IReadOnlyList<string> StoredAs => [_type.ToString()];

    public int Tensors => _places.Count;

    public IReadOnlyList<string> Notes { get; } = [];

    /// <summary>transformers.js must be told that weights lie in a file beside the graph.</summary>
    public IReadOnlyDictionary<string, JsonNode?> ConfigEntries => IsExternal
        ? new Dictionary<string, JsonNode?>(StringComparer.Ordinal) { ["transformers.js_config"] = new JsonObject { ["use_external_data_format"] = new JsonObject { [_name] = 1 } } }
        : [];

    public void WriteFile(Stream stream) => _model.WriteWhole(stream, ReadWeight);

    public void WriteFolder(string folder, Func<Stream, Stream> wrap)
    {
        var onnx = Directory.CreateDirectory(Path.Join(folder, Subfolder)).FullName;
        var path = Path.Join(onnx, _name);
        if (IsExternal)
        {
            AtomicFile.Write(path, overwrite: false, _model.WriteTo);
            AtomicFile.Write(Path.Join(onnx, DataName), overwrite: false, stream => WriteData(wrap(stream)));
        }
        else
        {
            AtomicFile.Write(path, overwrite: false, stream => WriteFile(wrap(stream)));
        }
    }

    private string DataName => _name + "_data";

    /// <summary>Where a weight will lie in the file beside the graph: one after the other, each from a new page on.</summary>
    private StoredWeight Place(string name)
    {
        if (!_places.TryGetValue(name, out var place))
        {
            var length = _checkpoint.Tensors[name].Count * _type.SizeInBytes();
            Bytes = (Bytes + Page - 1) / Page * Page;
            var type = _type switch
            {
                ElementType.Float16 => DataType.Float16,
                ElementType.BFloat16 => DataType.BFloat16,
                _ => DataType.Float32,
            };
            place = new StoredWeight(type, DataName, Bytes, length);
            _places.Add(name, place);
            Bytes += length;
        }

        return place;
    }

    private void WriteData(Stream stream)
    {
        var written = 0L;
        foreach (var (name, place) in _places)
        {
            stream.Write(new byte[place.Offset - written]);
            SafetensorsWriter.WriteElements(stream, _checkpoint.Tensors[name], _type);
            written = place.Offset + place.ByteLength;
        }
    }

    private byte[] ReadWeight(string name)
    {
        using var memory = new MemoryStream(checked((int)_places[name].ByteLength));
        SafetensorsWriter.WriteElements(memory, _checkpoint.Tensors[name], _type);
        return memory.GetBuffer();
    }
}
