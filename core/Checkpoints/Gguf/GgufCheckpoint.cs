namespace Gptx.Checkpoints;

/// <summary>A GGUF file as a checkpoint: the config.json that its metadata amount to, and its tensors under the names and in the order that transformers has.</summary>
internal static class GgufCheckpoint
{
    private static readonly GgufArchitecture[] Known =
    [
        new GgufLlama(),
        new GgufQwen2(),
        new GgufQwen3(),
        new GgufGemma(),
        new GgufGemma2(),
        new GgufGemma3(),
        new GgufPhi2(),
        new GgufPhi3(),
        new GgufGpt2(),
        new GgufGptNeoX(),
        new GgufStableLm(),
        new GgufStarcoder2(),
        new GgufOlmo(),
        new GgufOlmo2(),
        new GgufGranite(),
        new GgufSmolLm3(),
        new GgufBert(),
    ];

    /// <summary>Reads both.</summary>
    /// <exception cref="GptxException">
    /// The architecture is not known (<c>ArchitectureNotSupported</c>), a key of the metadata is missing or not allowed
    /// (<c>MetadataMissing</c>, <c>MetadataTypeWrong</c>, <c>MetadataOutOfRange</c>, <c>OptionNotSupported</c>), or a tensor is not known
    /// (<c>TensorNotKnown</c>), not there (<c>TensorNotFound</c>) or of a shape that does not fit (<c>TensorShapeWrong</c>).
    /// </exception>
    public static (ModelConfig Config, OrderedDictionary<string, CheckpointTensor> Tensors) Read(GgufParts file)
    {
        var architecture = Find(file);
        var config = new GgufConfig(file, architecture.Name);
        architecture.Describe(config);
        WriteTokens(config);

        var tensors = new OrderedDictionary<string, CheckpointTensor>(StringComparer.Ordinal);
        foreach (var tensor in file.Tensors.Values)
        {
            var converted = architecture.Convert(config, GgufTensorName.Parse(tensor.Name), tensor)
                ?? throw CheckpointError.In(file.Path, "TensorNotKnown", $"{tensor} is no tensor that architecture {architecture.Name} is known to have");
            foreach (var its in converted)
            {
                if (!tensors.TryAdd(its.Name, its))
                {
                    throw CheckpointError.In(file.Path, "TensorDuplicate", $"{tensor} is there in another form too");
                }
            }
        }

        return (config.ToConfig(), tensors);
    }

    private static GgufArchitecture Find(GgufParts file)
    {
        var name = file.Metadata.FindString("general.architecture")
            ?? throw CheckpointError.In(file.Path, "MetadataMissing", "metadata key \"general.architecture\" is missing");
        return Known.FirstOrDefault(architecture => architecture.Name == name) ?? throw CheckpointError.In(
            file.Path,
            "ArchitectureNotSupported",
            $"architecture {Excerpt.Of(name)} is not supported in GGUF: it may be {string.Join(", ", Known.Select(architecture => architecture.Name))}");
    }

    /// <summary>The tokens that begin, end and fill up a text; several may end one.</summary>
    private static void WriteTokens(GgufConfig config)
    {
        int[] ends = [.. Ids(config, "eos_token_id", "eot_token_id", "eom_token_id").Distinct()];
        if (ends.Length > 0)
        {
            config["eos_token_id"] = ends.Length == 1 ? ends[0] : new System.Text.Json.Nodes.JsonArray([.. ends.Select(id => (System.Text.Json.Nodes.JsonNode)id)]);
        }

        foreach (var (key, from) in (ReadOnlySpan<(string, string)>)[("bos_token_id", "bos_token_id"), ("pad_token_id", "padding_token_id")])
        {
            foreach (var id in Ids(config, from))
            {
                config[key] = id;
            }
        }
    }

    private static IEnumerable<int> Ids(GgufConfig config, params IEnumerable<string> keys) => keys
        .Select(key => config.File.Metadata.FindInt64($"tokenizer.ggml.{key}"))
        .Where(id => id is >= 0 and < int.MaxValue) // writers mean none by the largest number
        .Select(id => (int)id!.Value);
}
