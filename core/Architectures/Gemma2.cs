using Gptx.Architectures.Rotary;
using Gptx.Checkpoints;
using Gptx.Graphs;

namespace Gptx.Architectures;

/// <summary>
/// Gemma 2 (Gemma Team 2024): Gemma with norms before and after each layer, a window in every other layer, and caps on scores and logits.
/// Source: transformers' modeling_gemma2.
/// </summary>
public sealed class Gemma2 : IArchitecture
{
    /// <inheritdoc/>
    public string ModelType => "gemma2";

    /// <inheritdoc/>
    public Transformer Build(ModelConfig config, CheckpointTensors tensors)
    {
        ConfigCheck.OneOf(config, "Gemma2ForCausalLM", "Gemma2Model");
        ConfigCheck.NotTrue(config, "use_bidirectional_attention", "Gemma 2 with bidirectional attention is not supported");
        tensors.TryPrefix("model.");
        var shape = DecoderConfig.Shape(config, context: 8192, headWidth: 256);
        var g = new Decoder(config, tensors, shape);
        var epsilon = config.FindSingle("rms_norm_eps") ?? 1e-6f;
        var activation = ActivationFunctionNames.Parse(config, "hidden_activation", "gelu_pytorch_tanh");
        var bias = DecoderConfig.Is(config, "attention_bias");
        var sliding = DecoderConfig.SlidingLayers(config, shape, layer => layer % 2 == 0);
        var window = DecoderConfig.Window(config, 4096);
        var options = new AttentionOptions
        {
            Rotary = RotaryConfig.Read(config, shape),
            Scale = 1 / MathF.Sqrt(config.FindSingle("query_pre_attn_scalar") ?? 256),
            SoftCap = DecoderConfig.Cap(config, "attn_logit_softcapping", 50),
            Bias = bias,
            OutputBias = bias,
        };

        var x = g.Embed("embed_tokens", MathF.Sqrt(shape.Width)); // [T, D]
        for (var i = 0; i < shape.Blocks; i++)
        {
            var (block, tensor) = (i, $"layers.{i}");
            var layer = options with { Window = sliding[i] ? window : null };
            x = g.Sequential(
                block,
                x,
                u => Norm(g.SelfAttention(block, Norm(u, $"{tensor}.input_layernorm"), $"{tensor}.self_attn", layer), $"{tensor}.post_attention_layernorm"),
                u => Norm(g.GatedMlp(block, Norm(u, $"{tensor}.pre_feedforward_layernorm"), $"{tensor}.mlp", activation), $"{tensor}.post_feedforward_layernorm"));
        }

        return g.Finish(Norm(x, "norm"), isTied: true, softCap: DecoderConfig.Cap(config, "final_logit_softcapping", 30));

        Value Norm(Value u, string name) => g.RmsNorm(u, name, epsilon, offset: 1);
    }
}
