using Gptx.Architectures.Rotary;
using Gptx.Checkpoints;

namespace Gptx.Architectures;

/// <summary>
/// Granite (IBM 2024): Llama with multipliers on embeddings, scores, what layers add, and logits. Source: transformers' modeling_granite.
/// </summary>
public sealed class Granite : IArchitecture
{
    /// <inheritdoc/>
    public string ModelType => "granite";

    /// <inheritdoc/>
    public Transformer Build(ModelConfig config, CheckpointTensors tensors)
    {
        ConfigCheck.OneOf(config, "GraniteForCausalLM", "GraniteModel");
        tensors.TryPrefix("model.");
        var shape = DecoderConfig.Shape(config);
        var g = new Decoder(config, tensors, shape);
        var epsilon = config.FindSingle("rms_norm_eps") ?? 1e-6f;
        var activation = ActivationFunctionNames.Parse(config, "hidden_act", "silu");
        var (bias, mlpBias) = (DecoderConfig.Is(config, "attention_bias"), DecoderConfig.Is(config, "mlp_bias"));
        var residual = config.FindSingle("residual_multiplier") ?? 1;
        var options = new AttentionOptions
        {
            Rotary = RotaryConfig.Read(config, shape),
            Scale = config.FindSingle("attention_multiplier") ?? 1,
            Bias = bias,
            OutputBias = bias,
        };

        var x = g.Embed("embed_tokens", config.FindSingle("embedding_multiplier") ?? 1); // [T, D]
        for (var i = 0; i < shape.Blocks; i++)
        {
            var (block, tensor) = (i, $"layers.{i}");
            x = g.Sequential(
                block,
                x,
                u => g.Graph.Scale(g.SelfAttention(block, g.RmsNorm(u, $"{tensor}.input_layernorm", epsilon), $"{tensor}.self_attn", options), residual),
                u => g.Graph.Scale(g.GatedMlp(block, g.RmsNorm(u, $"{tensor}.post_attention_layernorm", epsilon), $"{tensor}.mlp", activation, mlpBias), residual));
        }

        return g.Finish(g.RmsNorm(x, "norm", epsilon), isTied: false, factor: 1 / (config.FindSingle("logits_scaling") ?? 1));
    }
}
