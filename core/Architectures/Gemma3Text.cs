using Gptx.Architectures.Rotary;
using Gptx.Checkpoints;
using Gptx.Graphs;

namespace Gptx.Architectures;

/// <summary>
/// Gemma 3 (Gemma Team 2025), its text part: Gemma 2 with RMSNorm over each head of queries and keys in place of caps; layers with a window turn
/// by frequencies of their own. Source: transformers' modeling_gemma3, which does not look at <c>attn_logit_softcapping</c>.
/// </summary>
public sealed class Gemma3Text : IArchitecture
{
    /// <inheritdoc/>
    public string ModelType => "gemma3_text";

    /// <inheritdoc/>
    public Transformer Build(ModelConfig config, CheckpointTensors tensors)
    {
        ConfigCheck.OneOf(config, "Gemma3ForCausalLM", "Gemma3TextModel");
        ConfigCheck.NotTrue(config, "use_bidirectional_attention", "Gemma 3 with bidirectional attention is not supported");
        tensors.TryPrefix("model.");
        var shape = DecoderConfig.Shape(config, context: 131072, headWidth: 256);
        var g = new Decoder(config, tensors, shape);
        var epsilon = config.FindSingle("rms_norm_eps") ?? 1e-6f;
        var activation = ActivationFunctionNames.Parse(config, "hidden_activation", "gelu_pytorch_tanh");
        var bias = DecoderConfig.Is(config, "attention_bias");
        var pattern = config.FindSize("sliding_window_pattern", "_sliding_window_pattern") ?? 6;
        var sliding = DecoderConfig.SlidingLayers(config, shape, layer => (layer + 1) % pattern != 0);
        var window = DecoderConfig.Window(config, 4096);
        var options = new AttentionOptions
        {
            Scale = 1 / MathF.Sqrt(config.FindSingle("query_pre_attn_scalar") ?? 256),
            Bias = bias,
            OutputBias = bias,
        };
        var near = options with { Window = window, Rotary = RotaryConfig.ReadLocal(config, shape, new RotaryDefaults(10000)) };
        var far = options with { Rotary = RotaryConfig.ReadLayers(config, "full_attention", shape, new RotaryDefaults(1_000_000)) };

        var x = g.Embed("embed_tokens", MathF.Sqrt(shape.Width)); // [T, D]
        for (var i = 0; i < shape.Blocks; i++)
        {
            var (block, tensor) = (i, $"layers.{i}");
            var layer = (sliding[i] ? near : far) with
            {
                Then = (u, part) => part == 'v' ? u : g.RmsNorm(u, $"{tensor}.self_attn.{part}_norm", epsilon, offset: 1, heads: u.Width / shape.HeadWidth),
            };
            x = g.Sequential(
                block,
                x,
                u => Norm(g.SelfAttention(block, Norm(u, $"{tensor}.input_layernorm"), $"{tensor}.self_attn", layer), $"{tensor}.post_attention_layernorm"),
                u => Norm(g.GatedMlp(block, Norm(u, $"{tensor}.pre_feedforward_layernorm"), $"{tensor}.mlp", activation), $"{tensor}.post_feedforward_layernorm"));
        }

        return g.Finish(Norm(x, "norm"), isTied: true, softCap: DecoderConfig.Cap(config, "final_logit_softcapping"));

        Value Norm(Value u, string name) => g.RmsNorm(u, name, epsilon, offset: 1);
    }
}
