using Gptx.Architectures.Rotary;
using Gptx.Checkpoints;
using Gptx.Graphs;

namespace Gptx.Architectures;

/// <summary>
/// Phi-3 (Abdin et al. 2024): Llama with one matrix for queries, keys and values and one for gate and up; longer contexts by LongRoPE.
/// Source: transformers' modeling_phi3.
/// </summary>
public sealed class Phi3 : IArchitecture
{
    /// <inheritdoc/>
    public string ModelType => "phi3";

    /// <inheritdoc/>
    public Transformer Build(ModelConfig config, CheckpointTensors tensors)
    {
        ConfigCheck.OneOf(config, "Phi3ForCausalLM", "Phi3Model");
        tensors.TryPrefix("model.");
        var shape = DecoderConfig.Shape(config, context: 4096);
        var g = new Decoder(config, tensors, shape);
        var epsilon = config.FindSingle("rms_norm_eps") ?? 1e-5f;
        var activation = ActivationFunctionNames.Parse(config, "hidden_act", "silu");
        var options = new AttentionOptions { Rotary = RotaryConfig.Read(config, shape, new RotaryDefaults(MakesKeysAnew: true)), Window = DecoderConfig.Window(config) };

        var x = g.Embed("embed_tokens"); // [T, D]
        for (var i = 0; i < shape.Blocks; i++)
        {
            var (block, tensor) = (i, $"layers.{i}");
            x = g.Sequential(block, x, Attention, Mlp);

            Value Attention(Value u)
            {
                var normed = g.RmsNorm(u, $"{tensor}.input_layernorm", epsilon);
                var qkv = g.Linear(normed, $"{tensor}.self_attn.qkv_proj", shape.QueryWidth + (2 * shape.KeyValueWidth));
                var parts = g.Graph.Split(qkv, shape.QueryWidth, shape.KeyValueWidth, shape.KeyValueWidth);
                return g.Linear(g.Attend(block, parts[0], parts[1], parts[2], options), $"{tensor}.self_attn.o_proj", shape.Width);
            }

            Value Mlp(Value u)
            {
                var normed = g.RmsNorm(u, $"{tensor}.post_attention_layernorm", epsilon);
                var both = g.Graph.Split(g.Linear(normed, $"{tensor}.mlp.gate_up_proj", 2 * shape.MlpWidth), shape.MlpWidth, shape.MlpWidth);
                return g.Linear(g.Gated(block, both[0], both[1], activation), $"{tensor}.mlp.down_proj", shape.Width);
            }
        }

        return g.Finish(g.RmsNorm(x, "norm", epsilon), isTied: false);
    }
}
