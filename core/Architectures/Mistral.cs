using Gptx.Architectures.Rotary;
using Gptx.Checkpoints;

namespace Gptx.Architectures;

/// <summary>
/// Mistral (Jiang et al. 2023): Llama with a window: a query sees no more than the last keys. Source: transformers' modeling_mistral.
/// </summary>
public sealed class Mistral : IArchitecture
{
    /// <inheritdoc/>
    public string ModelType => "mistral";

    /// <inheritdoc/>
    public Transformer Build(ModelConfig config, CheckpointTensors tensors)
    {
        ConfigCheck.OneOf(config, "MistralForCausalLM", "MistralModel");
        tensors.TryPrefix("model.");
        var shape = DecoderConfig.Shape(config);
        var g = new Decoder(config, tensors, shape);
        var epsilon = config.FindSingle("rms_norm_eps") ?? 1e-6f;
        var activation = ActivationFunctionNames.Parse(config, "hidden_act", "silu");
        var options = new AttentionOptions { Rotary = RotaryConfig.Read(config, shape), Window = DecoderConfig.Window(config, 4096) };

        var x = g.Embed("embed_tokens"); // [T, D]
        for (var i = 0; i < shape.Blocks; i++)
        {
            var (block, tensor) = (i, $"layers.{i}");
            x = g.Sequential(
                block,
                x,
                u => g.SelfAttention(block, g.RmsNorm(u, $"{tensor}.input_layernorm", epsilon), $"{tensor}.self_attn", options),
                u => g.GatedMlp(block, g.RmsNorm(u, $"{tensor}.post_attention_layernorm", epsilon), $"{tensor}.mlp", activation));
        }

        return g.Finish(g.RmsNorm(x, "norm", epsilon), isTied: false);
    }
}
