using Gptx.Architectures.Rotary;
using Gptx.Checkpoints;

namespace Gptx.Architectures;

/// <summary>
/// LLaMA (Touvron et al. 2023): RMSNorm before each layer, rotary positions, heads that share keys and values, a gated feed-forward layer.
/// Source: transformers' modeling_llama.
/// </summary>
public sealed class Llama : IArchitecture
{
    /// <inheritdoc/>
    public string ModelType => "llama";

    /// <inheritdoc/>
    public Transformer Build(ModelConfig config, CheckpointTensors tensors)
    {
        ConfigCheck.OneOf(config, "LlamaForCausalLM", "LlamaModel");
        tensors.TryPrefix("model.");
        var shape = DecoderConfig.Shape(config);
        var g = new Decoder(config, tensors, shape);
        var epsilon = config.FindSingle("rms_norm_eps") ?? 1e-6f;
        var activation = ActivationFunctionNames.Parse(config, "hidden_act", "silu");
        var (bias, mlpBias) = (DecoderConfig.Is(config, "attention_bias"), DecoderConfig.Is(config, "mlp_bias"));
        var options = new AttentionOptions { Rotary = RotaryConfig.Read(config, shape), Bias = bias, OutputBias = bias };

        var x = g.Embed("embed_tokens"); // [T, D]
        for (var i = 0; i < shape.Blocks; i++)
        {
            var (block, tensor) = (i, $"layers.{i}");
            x = g.Sequential(
                block,
                x,
                u => g.SelfAttention(block, g.RmsNorm(u, $"{tensor}.input_layernorm", epsilon), $"{tensor}.self_attn", options),
                u => g.GatedMlp(block, g.RmsNorm(u, $"{tensor}.post_attention_layernorm", epsilon), $"{tensor}.mlp", activation, mlpBias));
        }

        return g.Finish(g.RmsNorm(x, "norm", epsilon), isTied: false);
    }
}
