using Gptx.Architectures.Rotary;
using Gptx.Checkpoints;
using Gptx.Graphs;

namespace Gptx.Architectures;

/// <summary>
/// OLMo (Groeneveld et al. 2024): Llama with layer norms that have no parameters; queries, keys and values may be clipped. Source: transformers'
/// modeling_olmo.
/// </summary>
public sealed class Olmo : IArchitecture
{
    /// <inheritdoc/>
    public string ModelType => "olmo";

    /// <inheritdoc/>
    public Transformer Build(ModelConfig config, CheckpointTensors tensors)
    {
        ConfigCheck.OneOf(config, "OlmoForCausalLM", "OlmoModel");
        tensors.TryPrefix("model.");
        var shape = DecoderConfig.Shape(config);
        var g = new Decoder(config, tensors, shape);
        var activation = ActivationFunctionNames.Parse(config, "hidden_act", "silu");
        var bias = DecoderConfig.Is(config, "attention_bias");
        var clip = config.FindSingle("clip_qkv");
        var options = new AttentionOptions
        {
            Rotary = RotaryConfig.Read(config, shape),
            Bias = bias,
            OutputBias = bias,
            Then = (u, _) => g.Graph.Clip(u, clip),
        };

        var x = g.Embed("embed_tokens"); // [T, D]
        for (var i = 0; i < shape.Blocks; i++)
        {
            var (block, tensor) = (i, $"layers.{i}");
            x = g.Sequential(
                block,
                x,
                u => g.SelfAttention(block, Norm(u), $"{tensor}.self_attn", options),
                u => g.GatedMlp(block, Norm(u), $"{tensor}.mlp", activation));
        }

        return g.Finish(Norm(x), isTied: false);

        Value Norm(Value u) => g.Graph.LayerNorm(u, null, null, 1e-5f);
    }
}
