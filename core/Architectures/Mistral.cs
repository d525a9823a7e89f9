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
        var options = new AttentionOptions { Rotary = RotaryConfig.Read(config, shape), Window = DecoderConfig.Window(config, 4096) };

        var x = g.Embed("embed_tokens"); // [T, D]
        return g.Finish(LlamaBlocks.Over(g, x, _ => options), isTied: false);
    }
}
