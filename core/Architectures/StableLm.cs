using Gptx.Architectures.Rotary;
using Gptx.Checkpoints;
using Gptx.Graphs;

namespace Gptx.Architectures;

/// <summary>
/// StableLM (Bellagente et al. 2024): Llama with layer norms and a part of each head turned; attention and feed-forward layer may read the same norm.
/// Source: transformers' modeling_stablelm.
/// </summary>
public sealed class StableLm : IArchitecture
{
    /// <inheritdoc/>
    public string ModelType => "stablelm";

    /// <inheritdoc/>
    public Transformer Build(ModelConfig config, CheckpointTensors tensors)
    {
        ConfigCheck.OneOf(config, "StableLmForCausalLM", "StableLmModel");
        tensors.TryPrefix("model.");
        var shape = DecoderConfig.Shape(config, context: 4096);
        var g = new Decoder(config, tensors, shape);
        var epsilon = config.FindSingle("layer_norm_eps") ?? 1e-5f;
        var activation = ActivationFunctionNames.Parse(config, "hidden_act", "silu");
        var isParallel = DecoderConfig.Is(config, "use_parallel_residual");
        var hasNorms = DecoderConfig.Is(config, "qk_layernorm");
        var options = new AttentionOptions
        {
            Rotary = RotaryConfig.Read(config, shape, new RotaryDefaults(Share: 0.25)),
            Bias = DecoderConfig.Is(config, "use_qkv_bias"),
        };

        var x = g.Embed("embed_tokens"); // [T, D]
        for (var i = 0; i < shape.Blocks; i++)
        {
            var (block, tensor) = (i, $"layers.{i}");
            var layer = options with { Then = (u, part) => hasNorms && part != 'v' ? NormPerHead(u, $"{tensor}.self_attn.{part}_layernorm") : u };
            if (isParallel)
            {
                var normed = g.LayerNorm(x, $"{tensor}.input_layernorm", epsilon);
                x = g.Parallel(
                    block,
                    x,
                    _ => g.SelfAttention(block, normed, $"{tensor}.self_attn", layer),
                    _ => g.GatedMlp(block, normed, $"{tensor}.mlp", activation));
            }
            else
            {
                x = g.Sequential(
                    block,
                    x,
                    u => g.SelfAttention(block, g.LayerNorm(u, $"{tensor}.input_layernorm", epsilon), $"{tensor}.self_attn", layer),
                    u => g.GatedMlp(block, g.LayerNorm(u, $"{tensor}.post_attention_layernorm", epsilon), $"{tensor}.mlp", activation));
            }
        }

        return g.Finish(g.LayerNorm(x, "norm", epsilon), isTied: false);

        // Every head has a norm of its own, without a bias.
        Value NormPerHead(Value u, string name)
        {
            var heads = g.Graph.Split(u, [.. Enumerable.Repeat(shape.HeadWidth, u.Width / shape.HeadWidth)]);
            return g.Graph.Concat([.. heads.Select((head, index) => g.LayerNorm(head, $"{name}.norms.{index}", epsilon, bias: false))]);
        }
    }
}
