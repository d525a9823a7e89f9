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
        var (bias, mlpBias) = (DecoderConfig.Is(config, "attention_bias"), DecoderConfig.Is(config, "mlp_bias"));
        var options = new AttentionOptions { Rotary = RotaryConfig.Read(config, shape), Bias = bias, OutputBias = bias };

        var x = g.Embed("embed_tokens"); // [T, D]
        return g.Finish(LlamaBlocks.Over(g, x, _ => options, mlpBias), isTied: false);
    }
}
