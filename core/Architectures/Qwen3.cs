using Gptx.Architectures.Rotary;
using Gptx.Checkpoints;

namespace Gptx.Architectures;

/// <summary>
/// Qwen3 (Yang et al. 2025): Qwen2 without biases, with RMSNorm over each head of queries and keys. Source: transformers' modeling_qwen3.
/// </summary>
public sealed class Qwen3 : IArchitecture
{
    /// <inheritdoc/>
    public string ModelType => "qwen3";

    /// <inheritdoc/>
    public Transformer Build(ModelConfig config, CheckpointTensors tensors)
    {
        ConfigCheck.OneOf(config, "Qwen3ForCausalLM", "Qwen3Model");
        tensors.TryPrefix("model.");
        var shape = DecoderConfig.Shape(config, context: 32768, headWidth: 128);
        var g = new Decoder(config, tensors, shape);
        var epsilon = config.FindSingle("rms_norm_eps") ?? 1e-6f;
        var activation = ActivationFunctionNames.Parse(config, "hidden_act", "silu");
        var bias = DecoderConfig.Is(config, "attention_bias");
        var windows = DecoderConfig.QwenWindows(config, shape);
        var options = new AttentionOptions { Rotary = RotaryConfig.Read(config, shape), Bias = bias, OutputBias = bias };

        var x = g.Embed("embed_tokens"); // [T, D]
        for (var i = 0; i < shape.Blocks; i++)
        {
            var (block, tensor) = (i, $"layers.{i}");
            var layer = options with
            {
                Window = windows[i],
                Then = (u, part) => part == 'v' ? u : g.RmsNorm(u, $"{tensor}.self_attn.{part}_norm", epsilon, heads: u.Width / shape.HeadWidth),
            };
            x = g.Sequential(
                block,
                x,
                u => g.SelfAttention(block, g.RmsNorm(u, $"{tensor}.input_layernorm", epsilon), $"{tensor}.self_attn", layer),
                u => g.GatedMlp(block, g.RmsNorm(u, $"{tensor}.post_attention_layernorm", epsilon), $"{tensor}.mlp", activation));
        }

        return g.Finish(g.RmsNorm(x, "norm", epsilon), isTied: false);
    }
}
