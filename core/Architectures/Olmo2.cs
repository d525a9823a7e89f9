using Gptx.Architectures.Rotary;
using Gptx.Checkpoints;

namespace Gptx.Architectures;

/// <summary>
/// OLMo 2 (OLMo Team 2024): norms stand after attention and feed-forward layer, and over all heads of queries and of keys. Source: transformers'
/// modeling_olmo2.
/// </summary>
public sealed class Olmo2 : IArchitecture
{
    /// <inheritdoc/>
    public string ModelType => "olmo2";

    /// <inheritdoc/>
    public Transformer Build(ModelConfig config, CheckpointTensors tensors)
    {
        ConfigCheck.OneOf(config, "Olmo2ForCausalLM", "Olmo2Model");
        tensors.TryPrefix("model.");
        var shape = DecoderConfig.Shape(config);
        var g = new Decoder(config, tensors, shape);
        var epsilon = config.FindSingle("rms_norm_eps") ?? 1e-5f;
        var activation = ActivationFunctionNames.Parse(config, "hidden_act", "silu");
        var bias = DecoderConfig.Is(config, "attention_bias");
        var options = new AttentionOptions { Rotary = RotaryConfig.Read(config, shape), Bias = bias, OutputBias = bias };

        var x = g.Embed("embed_tokens"); // [T, D]
        for (var i = 0; i < shape.Blocks; i++)
        {
            var (block, tensor) = (i, $"layers.{i}");
            var layer = options with { Then = (u, part) => part == 'v' ? u : g.RmsNorm(u, $"{tensor}.self_attn.{part}_norm", epsilon) };
            x = g.Sequential(
                block,
                x,
                u => g.RmsNorm(g.SelfAttention(block, u, $"{tensor}.self_attn", layer), $"{tensor}.post_attention_layernorm", epsilon),
                u => g.RmsNorm(g.GatedMlp(block, u, $"{tensor}.mlp", activation), $"{tensor}.post_feedforward_layernorm", epsilon));
        }

        return g.Finish(g.RmsNorm(x, "norm", epsilon), isTied: false);
    }
}
