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
        return g.Finish(LlamaBlocks.Over(g, x, _ => options, mlpBias, residual), isTied: false, factor: 1 / (config.FindSingle("logits_scaling") ?? 1));
    }
}
