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
        var bias = DecoderConfig.Is(config, "attention_bias");
        var windows = DecoderConfig.QwenWindows(config, shape);
        var options = new AttentionOptions { Rotary = RotaryConfig.Read(config, shape), Bias = bias, OutputBias = bias };

        var x = g.Embed("embed_tokens"); // [T, D]
        return g.Finish(LlamaBlocks.Over(g, x, Attention), isTied: false);

        AttentionOptions Attention(int block) => options with
        {
            Window = windows[block],
            Then = (u, part) => part == 'v' ? u : g.RmsNorm(u, $"layers.{block}.self_attn.{part}_norm", LlamaBlocks.Epsilon(config), heads: u.Width / shape.HeadWidth),
        };
    }
}
