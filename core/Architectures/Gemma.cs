using Gptx.Architectures.Rotary;
using Gptx.Checkpoints;

namespace Gptx.Architectures;

/// <summary>
/// Gemma (Gemma Team 2024): Llama with wide heads, embeddings times sqrt(D), and 1 added to the scale of each norm. Source: transformers'
/// modeling_gemma.
/// </summary>
public sealed class Gemma : IArchitecture
{
    /// <inheritdoc/>
    public string ModelType => "gemma";

    /// <inheritdoc/>
    public Transformer Build(ModelConfig config, CheckpointTensors tensors)
    {
        ConfigCheck.OneOf(config, "GemmaForCausalLM", "GemmaModel");
        ConfigCheck.NotTrue(config, "use_bidirectional_attention", "Gemma with bidirectional attention is not supported");
        tensors.TryPrefix("model.");
        var shape = DecoderConfig.Shape(config, context: 8192, headWidth: 256);
        var g = new Decoder(config, tensors, shape);
        var epsilon = config.FindSingle("rms_norm_eps") ?? 1e-6f;
        var bias = DecoderConfig.Is(config, "attention_bias");
        var options = new AttentionOptions { Rotary = RotaryConfig.Read(config, shape), Bias = bias, OutputBias = bias };

        // The first files say gelu where they mean its approximation, and name that under another key.
        var isFirst = config.FindString("hidden_act") is null or "gelu" && config.Contains("hidden_activation");
        var activation = ActivationFunctionNames.Parse(config, isFirst ? "hidden_activation" : "hidden_act", "gelu_pytorch_tanh");

        var x = g.Embed("embed_tokens", MathF.Sqrt(shape.Width)); // [T, D]
        for (var i = 0; i < shape.Blocks; i++)
        {
            var (block, tensor) = (i, $"layers.{i}");
            x = g.Sequential(
                block,
                x,
                u => g.SelfAttention(block, g.RmsNorm(u, $"{tensor}.input_layernorm", epsilon, offset: 1), $"{tensor}.self_attn", options),
                u => g.GatedMlp(block, g.RmsNorm(u, $"{tensor}.post_attention_layernorm", epsilon, offset: 1), $"{tensor}.mlp", activation));
        }

        return g.Finish(g.RmsNorm(x, "norm", epsilon, offset: 1), isTied: true);
    }
}
