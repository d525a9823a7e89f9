using System.Text.Json.Nodes;
using Gptx.Architectures;
using Gptx.Checkpoints;
using Gptx.Graphs;
using Gptx.Graphs.Lowering;
using Gptx.Onnx;

namespace Gptx.Fuzzing;

/// <summary>Mutated config.json files beside the tensors that they belong to: each is read, its forward pass written and lowered to ONNX. ONNX Runtime does not see them.</summary>
public sealed class ConfigTarget : IFuzzTarget
{
    private readonly string _path = Path.Combine(FuzzFolder.Make("config"), "config.json");
    private readonly List<(JsonNode Config, CheckpointFolder Checkpoint)> _cases;
    private readonly ILookup<string, JsonNode?> _pool;

    /// <summary>Takes the checkpoints of a folder to start from.</summary>
    /// <param name="golden">A folder with a folder for each checkpoint.</param>
    public ConfigTarget(string golden)
    {
        _cases =
        [
            .. Directory.EnumerateDirectories(golden)
                .Order(StringComparer.Ordinal)
                .Select(folder => (JsonNode.Parse(File.ReadAllBytes(Path.Combine(folder, "config.json")))!, CheckpointFolder.Open(folder))),
        ];
        if (_cases.Count == 0)
        {
            throw new ArgumentException($"No checkpoint in '{golden}'.", nameof(golden));
        }

        _pool = _cases.SelectMany(item => item.Config.AsObject()).Concat(_cases.SelectMany(item => item.Config["rope_parameters"] as JsonObject ?? []))
            .ToLookup(member => member.Key, member => member.Value);
    }

    /// <inheritdoc/>
    public string Name => "config";

    /// <inheritdoc/>
    public MemoryAllowance Memory { get; } = new(1000, 16L << 20);

    /// <inheritdoc/>
    public FuzzCase Next(Random random)
    {
        (JsonNode config, CheckpointFolder checkpoint) = _cases[random.Next(_cases.Count)];
        byte[] bytes = JsonMutation.Mutate(config, _pool, HostileTexts.All, random);
        bool caches = random.Next(2) == 0;
        return new FuzzCase(bytes, () =>
        {
            File.WriteAllBytes(_path, bytes);
            ModelConfig read = ModelConfig.Read(_path);
            GenerationConfig.From(read);
            Transformer transformer = ArchitectureCatalog.For(read).Build(read, new CheckpointTensors(checkpoint.Tensors, _path));
            bool decodes = transformer.Task == ModelTask.NextToken && transformer.Graph.Activations.Any(activation => activation.Name == "logits");
            CacheForm form = InPlaceDecoding.Fits([.. transformer.Graph.Attentions.Select(attention => attention.Shape)]) ? CacheForm.InPlace : CacheForm.Growing;
            string[] outputs = decodes ? ["logits"] : [transformer.Graph.Activations[^1].Name];
            OnnxLowering.Lower(transformer.Graph, new LoweringOptions(outputs, decodes && caches ? form : CacheForm.None, name => Stored(checkpoint.Tensors[name]))).ToBytes();
        });
    }

    private static StoredWeight Stored(CheckpointTensor tensor) => new(DataType.Float32, "model.safetensors", tensor.Offset, tensor.Count * sizeof(float));
}
