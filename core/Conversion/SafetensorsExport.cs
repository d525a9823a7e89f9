using System.Text.Json;
using System.Text.Json.Nodes;
using Gptx.Checkpoints;

namespace Gptx.Conversion;

/// <summary>A checkpoint's tensors under the names and in the shapes that transformers has, in model.safetensors or in shards with their index.</summary>
internal sealed class SafetensorsExport : IExport
{
    private readonly List<(CheckpointTensor Tensor, ElementType Type, long Bytes)> _tensors;
    private readonly List<List<int>> _shards = [];

    public SafetensorsExport(CheckpointFolder checkpoint, ConversionOptions options, bool isFile)
    {
        _tensors = [.. checkpoint.Tensors.Values.Select(tensor =>
        {
            var type = TypeOf(tensor, options.Type);
            return (tensor, type, tensor.Count * type.SizeInBytes());
        })];
        Divide(isFile ? long.MaxValue : options.ShardSize);
    }

    public long Bytes => _tensors.Sum(tensor => tensor.Bytes);

    public IReadOnlyList<string> StoredAs => [.. _tensors.Select(tensor => tensor.Type.ToString()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    public int Tensors => _tensors.Count;

    public IReadOnlyList<string> Notes => [];

    public IReadOnlyDictionary<string, JsonNode?> ConfigEntries => new Dictionary<string, JsonNode?>(StringComparer.Ordinal);

    /// <summary>The type of a tensor in the new file: integers stay, floats become what is asked for, quantized ones Float32.</summary>
    public static ElementType TypeOf(CheckpointTensor tensor, ElementType? asked) => !tensor.ElementType.IsFloat() ? tensor.ElementType
        : asked ?? (tensor.ElementType.IsQuantized() ? ElementType.Float32 : tensor.ElementType);

    public void WriteFile(Stream stream) => Write(stream, Enumerable.Range(0, _tensors.Count));

    public void WriteFolder(string folder, Func<Stream, Stream> wrap)
    {
        foreach (var (number, shard) in _shards.Index())
        {
            AtomicFile.Write(Path.Join(folder, NameOf(number)), overwrite: false, stream => Write(wrap(stream), shard));
        }

        if (_shards.Count > 1)
        {
            AtomicFile.Write(Path.Join(folder, ShardIndex.FileName), overwrite: false, WriteIndex);
        }
    }

    private string NameOf(int shard) => _shards.Count == 1 ? CheckpointFolder.WeightsName : $"model-{shard + 1:00000}-of-{_shards.Count:00000}.safetensors";

    /// <summary>In the order of the checkpoint, a new shard where the next tensor would not fit; a tensor larger than a shard has one for itself.</summary>
    private void Divide(long most)
    {
        var filled = 0L;
        foreach (var (index, tensor) in _tensors.Index())
        {
            if (_shards.Count == 0 || (filled > 0 && filled + tensor.Bytes > most))
            {
                _shards.Add([]);
                filled = 0;
            }

            _shards[^1].Add(index);
            filled += tensor.Bytes;
        }
    }

    private void Write(Stream stream, IEnumerable<int> indices)
    {
        var writer = new SafetensorsWriter { Metadata = { ["format"] = "pt" } };
        foreach (var index in indices)
        {
            writer.Add(_tensors[index].Tensor, _tensors[index].Type);
        }

        writer.Save(stream);
    }

    private void WriteIndex(Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteStartObject("metadata");
        json.WriteNumber("total_size", Bytes);
        json.WriteEndObject();
        json.WriteStartObject("weight_map");
        foreach (var (number, shard) in _shards.Index())
        {
            foreach (var index in shard)
            {
                json.WriteString(_tensors[index].Tensor.Name, NameOf(number));
            }
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
