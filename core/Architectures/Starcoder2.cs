using Gptx.Architectures.Rotary;
using Gptx.Checkpoints;

namespace Gptx.Architectures;

/// <summary>
/// StarCoder2 (Lozhkov et al. 2024): layer norms, biases everywhere, a plain feed-forward layer, and a window. Source: transformers'
/// modeling_starcoder2.
/// </summary>
public sealed class Starcoder2 : IArchitecture
{
    /// <inheritdoc/>
    public string ModelType => "starcoder2";

    /// <inheritdoc/>
    public Transformer Build(ModelConfig config, CheckpointTensors tensors)
    {
        ConfigCheck.OneOf(config, "Starcoder2ForCausalLM", "Starcoder2Model");
        tensors.TryPrefix("model.");
        var shape = DecoderConfig.Shape(config, context: 4096);
        var g = new Decoder(config, tensors, shape);
        var epsilon = config.FindSingle("norm_epsilon") ?? 1e-5f;
        var activation = ActivationFunctionNames.Parse(config, "hidden_act", "gelu_pytorch_tanh");
        var bias = DecoderConfig.Is(config, "use_bias", true);
        var options = new AttentionOptions
        {
            Rotary = RotaryConfig.Read(config, shape),
            Window = DecoderConfig.Window(config),
            Bias = bias,
            OutputBias = bias,
        };

        var x = g.Embed("embed_tokens"); // [T, D]
        for (var i = 0; i < shape.Blocks; i++)
        {
            var (block, tensor) = (i, $"layers.{i}");
            x = g.Sequential(
                block,
                x,
                u => g.SelfAttention(block, g.LayerNorm(u, $"{tensor}.input_layernorm", epsilon), $"{tensor}.self_attn", options),
                u => g.Mlp(block, g.LayerNorm(u, $"{tensor}.post_attention_layernorm", epsilon), $"{tensor}.mlp.c_fc", $"{tensor}.mlp.c_proj", activation, bias));
        }

        return g.Finish(g.LayerNorm(x, "norm", epsilon), isTied: true);
    }
}
