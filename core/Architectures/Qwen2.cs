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
        var windows = DecoderConfig.QwenWindows(config, shape);
        var options = new AttentionOptions { Rotary = RotaryConfig.Read(config, shape), Bias = true };

        var x = g.Embed("embed_tokens"); // [T, D]
        return g.Finish(LlamaBlocks.Over(g, x, block => options with { Window = windows[block] }), isTied: false);
    }
}
