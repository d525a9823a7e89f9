using Gptx.Checkpoints;
using Gptx.Inference;
using Gptx.Tests.Architectures;
using Gptx.Tests.Checkpoints;

namespace Gptx.Tests.Inference;

/// <summary>A random checkpoint whose matrices have rows of whole blocks but for one width, and the same with weights rounded by hand.</summary>
internal sealed class PreciseCheckpoint : IDisposable
{
    private readonly RandomCheckpoint _checkpoint;
    private readonly bool _isStoredInOut;

    public PreciseCheckpoint(string kind)
    {
        _isStoredInOut = kind == "gpt2";
        _checkpoint = new RandomCheckpoint(_isStoredInOut
            ? new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["model_type"] = "gpt2",
                ["architectures"] = (string[])["GPT2LMHeadModel"],
                ["n_embd"] = 64,
                ["n_head"] = 4,
                ["n_layer"] = 2,
                ["n_positions"] = 40,
                ["n_inner"] = 80,
                ["vocab_size"] = 33,
            }
            : new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["model_type"] = "llama",
                ["architectures"] = (string[])["LlamaForCausalLM"],
                ["hidden_size"] = 96,
                ["num_attention_heads"] = 4,
                ["num_key_value_heads"] = 2,
                ["head_dim"] = 16,
                ["num_hidden_layers"] = 2,
                ["intermediate_size"] = 80,
                ["vocab_size"] = 35,
                ["max_position_embeddings"] = 40,
                ["attention_bias"] = true,
                ["tie_word_embeddings"] = true,
            });
    }

    public string Folder => _checkpoint.Folder;

    public LanguageModel Load(string precision, Compute compute = Compute.Float32) => LanguageModel.Load(
        Folder, new LoadOptions { Device = Device.Cpu, Threads = 1, Precision = PrecisionNames.ToPrecision(precision), Compute = compute });

    public TemporaryFolder Rounded(string precision)
    {
        var folder = new TemporaryFolder();
        File.Copy(Path.Join(Folder, "config.json"), folder["config.json"]);
        using var opened = CheckpointFolder.Open(Folder);
        var writer = new SafetensorsWriter();
        foreach (var tensor in opened.Tensors.Values)
        {
            long[] shape = [.. tensor.Shape];
            var values = tensor.ReadSingles();
            var downColumns = _isStoredInOut && tensor.Name.Contains("h.", StringComparison.Ordinal);
            writer.Add(tensor.Name, shape, shape.Length == 2 && precision != "fp32" ? RoundedByHand.Round(precision, values, shape, downColumns) : values);
        }

        writer.Save(folder["model.safetensors"], overwrite: true);
        return folder;
    }

    public void Dispose() => _checkpoint.Dispose();
}
