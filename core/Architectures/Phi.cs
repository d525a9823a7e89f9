using Gptx.Architectures.Rotary;
using Gptx.Checkpoints;

namespace Gptx.Architectures;

/// <summary>
/// Phi (Gunasekar et al. 2023; Phi-1.5, Phi-2): one layer norm before attention and feed-forward layer, which both read it; part of each head is
/// turned. Source: transformers' modeling_phi.
/// </summary>
public sealed class Phi : IArchitecture
{
    /// <inheritdoc/>
    public string ModelType => "phi";

    /// <inheritdoc/>
    public Transformer Build(ModelConfig config, CheckpointTensors tensors)
    {
        ConfigCheck.OneOf(config, "PhiForCausalLM", "PhiModel");
        tensors.TryPrefix("model.");
        var shape = DecoderConfig.Shape(config);
        var g = new Decoder(config, tensors, shape);
        var epsilon = config.FindSingle("layer_norm_eps") ?? 1e-5f;
        var activation = ActivationFunctionNames.Parse(config, "hidden_act", "gelu_new");
        var hasNorms = DecoderConfig.Is(config, "qk_layernorm");
        var options = new AttentionOptions { Rotary = RotaryConfig.Read(config, shape, new RotaryDefaults(Share: 0.5)), Bias = true, OutputBias = true };

        var x = g.Embed("embed_tokens"); // [T, D]
        for (var i = 0; i < shape.Blocks; i++)
        {
            var (block, tensor) = (i, $"layers.{i}");
            var normed = g.LayerNorm(x, $"{tensor}.input_layernorm", epsilon);
            var layer = options with
            {
                Then = (u, part) => hasNorms && part != 'v'
                    ? g.LayerNorm(u, $"{tensor}.self_attn.{part}_layernorm", epsilon, heads: u.Width / shape.HeadWidth)
                    : u,
            };
            x = g.Parallel(
                block,
                x,
                _ => g.SelfAttention(block, normed, $"{tensor}.self_attn", layer, output: "dense"),
                _ => g.Mlp(block, normed, $"{tensor}.mlp.fc1", $"{tensor}.mlp.fc2", activation));
        }

        return g.Finish(g.LayerNorm(x, "final_layernorm", epsilon), isTied: false, bias: true);
    }
}
