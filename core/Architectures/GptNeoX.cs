using Gptx.Architectures.Rotary;
using Gptx.Checkpoints;
using Gptx.Graphs;

namespace Gptx.Architectures;

/// <summary>
/// GPT-NeoX (Black et al. 2022; Pythia): attention and feed-forward layer side by side, each with its norm; a part of each head is turned; queries,
/// keys and values come from one matrix, head by head. Source: transformers' modeling_gpt_neox.
/// </summary>
public sealed class GptNeoX : IArchitecture
{
    /// <inheritdoc/>
    public string ModelType => "gpt_neox";

    /// <inheritdoc/>
    public Transformer Build(ModelConfig config, CheckpointTensors tensors)
    {
        ConfigCheck.OneOf(config, "GPTNeoXForCausalLM", "GPTNeoXModel");
        tensors.TryPrefix("gpt_neox.");
        var sizes = DecoderConfig.Shape(config);
        var shape = sizes with { KeyValueHeads = sizes.Heads };
        var g = new Decoder(config, tensors, shape);
        var epsilon = config.FindSingle("layer_norm_eps") ?? 1e-5f;
        var activation = ActivationFunctionNames.Parse(config, "hidden_act", "gelu");
        var bias = DecoderConfig.Is(config, "attention_bias", true);
        var isParallel = DecoderConfig.Is(config, "use_parallel_residual", true);
        var options = new AttentionOptions { Rotary = RotaryConfig.Read(config, shape, new RotaryDefaults(Share: 0.25)) };

        var x = g.Embed("embed_in"); // [T, D]
        for (var i = 0; i < shape.Blocks; i++)
        {
            var (block, tensor) = (i, $"layers.{i}");
            x = isParallel ? g.Parallel(block, x, Attention, Mlp) : g.Sequential(block, x, Attention, Mlp);

            Value Attention(Value u)
            {
                var qkv = g.Linear(g.LayerNorm(u, $"{tensor}.input_layernorm", epsilon), $"{tensor}.attention.query_key_value", 3 * shape.Width, bias);
                var parts = g.Graph.SplitGroups(qkv, shape.Heads, shape.HeadWidth, shape.HeadWidth, shape.HeadWidth);
                return g.Linear(g.Attend(block, parts[0], parts[1], parts[2], options), $"{tensor}.attention.dense", shape.Width, bias);
            }

            Value Mlp(Value u) => g.Mlp(
                block,
                g.LayerNorm(u, $"{tensor}.post_attention_layernorm", epsilon),
                $"{tensor}.mlp.dense_h_to_4h",
                $"{tensor}.mlp.dense_4h_to_h",
                activation);
        }

        return g.Finish(g.LayerNorm(x, "final_layer_norm", epsilon), isTied: false, head: "embed_out");
    }
}
