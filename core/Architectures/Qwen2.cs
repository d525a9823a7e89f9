using Gptx.Architectures.Rotary;
using Gptx.Checkpoints;

namespace Gptx.Architectures;

/// <summary>
/// Qwen2 (Yang et al. 2024): Llama with biases on queries, keys and values; later layers may have a window. Source: transformers' modeling_qwen2.
/// </summary>
public sealed class Qwen2 : IArchitecture
{
    /// <inheritdoc/>
    public string ModelType => "qwen2";

    /// <inheritdoc/>
    public Transformer Build(ModelConfig config, CheckpointTensors tensors)
    {
        ConfigCheck.OneOf(config, "Qwen2ForCausalLM", "Qwen2Model");
        tensors.TryPrefix("model.");
        var shape = DecoderConfig.Shape(config, context: 32768);
        var g = new Decoder(config, tensors, shape);
        var epsilon = config.FindSingle("rms_norm_eps") ?? 1e-6f;
        var activation = ActivationFunctionNames.Parse(config, "hidden_act", "silu");
        var windows = DecoderConfig.QwenWindows(config, shape);
        var options = new AttentionOptions { Rotary = RotaryConfig.Read(config, shape), Bias = true };

        var x = g.Embed("embed_tokens"); // [T, D]
        for (var i = 0; i < shape.Blocks; i++)
        {
            var (block, tensor) = (i, $"layers.{i}");
            var layer = options with { Window = windows[i] };
            x = g.Sequential(
                block,
                x,
                u => g.SelfAttention(block, g.RmsNorm(u, $"{tensor}.input_layernorm", epsilon), $"{tensor}.self_attn", layer),
                u => g.GatedMlp(block, g.RmsNorm(u, $"{tensor}.post_attention_layernorm", epsilon), $"{tensor}.mlp", activation));
        }

        return g.Finish(g.RmsNorm(x, "norm", epsilon), isTied: false);
    }
}
