using Gptx.Checkpoints;

namespace Gptx.Architectures;

/// <summary>
/// GPT-Neo (Black et al. 2021): GPT-2 with a window in every other layer and scores that are not scaled. Source: transformers' modeling_gpt_neo.
/// </summary>
public sealed class GptNeo : IArchitecture
{
    /// <inheritdoc/>
    public string ModelType => "gpt_neo";

    /// <inheritdoc/>
    public Transformer Build(ModelConfig config, CheckpointTensors tensors)
    {
        ConfigCheck.OneOf(config, "GPTNeoForCausalLM", "GPTNeoModel");
        tensors.TryPrefix("transformer.");
        var shape = Sizes(config);
        var g = new Decoder(config, tensors, shape);
        var epsilon = config.FindSingle("layer_norm_epsilon") ?? 1e-5f;
        var activation = ActivationFunctionNames.Parse(config, "activation_function", "gelu_new");
        var local = LocalLayers(config, shape);
        var options = new AttentionOptions { Scale = 1, OutputBias = true };
        var window = config.FindSize("window_size") ?? 256;

        var x = g.EmbedWithPositions("wte", "wpe"); // [T, D]
        for (var i = 0; i < shape.Blocks; i++)
        {
            var (block, tensor) = (i, $"h.{i}");
            var layer = options with { Window = local[i] ? window : null };
            x = g.Sequential(
                block,
                x,
                u => g.SelfAttention(block, g.LayerNorm(u, $"{tensor}.ln_1", epsilon), $"{tensor}.attn.attention", layer, output: "out_proj"),
                u => g.Mlp(block, g.LayerNorm(u, $"{tensor}.ln_2", epsilon), $"{tensor}.mlp.c_fc", $"{tensor}.mlp.c_proj", activation));
        }

        return g.Finish(g.LayerNorm(x, "ln_f", epsilon), isTied: true);
    }

    private static ModelShape Sizes(ModelConfig config)
    {
        var width = config.GetSize("hidden_size");
        var heads = config.GetSize("num_heads", "num_attention_heads");
        ConfigCheck.Divides(config, "num_heads", heads, "hidden_size", width);
        return new ModelShape(
            config.GetSize("num_layers", "num_hidden_layers"),
            heads,
            heads,
            width / heads,
            width,
            config.FindSize("intermediate_size") ?? 4 * width,
            config.GetSize("vocab_size"),
            config.FindSize("max_position_embeddings") ?? 2048);
    }

    /// <summary>Which layers have a window: <c>attention_layers</c> lists them; <c>attention_types</c> says kinds and how often they repeat.</summary>
    private static bool[] LocalLayers(ModelConfig config, ModelShape shape)
    {
        var kinds = config.FindStrings("attention_layers") ?? FromTypes(config);
        if (kinds.Count != shape.Blocks)
        {
            throw config.Invalid("attention_layers", $"a list of {shape.Blocks}, one for each layer");
        }

        return [.. kinds.Select(kind => kind switch
        {
            "local" => true,
            "global" => false,
            _ => throw ConfigCheck.NotSupported(config, $"attention layer {Excerpt.Of(kind)} is not supported: it may be global, local"),
        })];
    }

    private static List<string> FromTypes(ModelConfig config)
    {
        const int MostLayers = 10_000;
        var kinds = new List<string>();
        try
        {
            foreach (var group in config.Json.GetProperty("attention_types").EnumerateArray())
            {
                string[] names = [.. group[0].EnumerateArray().Select(name => name.GetString() ?? "")];
                var times = group[1].GetInt32();
                for (var i = 0; i < times && kinds.Count < MostLayers; i++)
                {
                    kinds.AddRange(names);
                }
            }
        }
        catch (Exception error) when (error is InvalidOperationException or KeyNotFoundException or FormatException or IndexOutOfRangeException)
        {
            throw config.Invalid("attention_types", "a list of pairs, for example [[[\"global\", \"local\"], 12]]");
        }

        return kinds;
    }
}
