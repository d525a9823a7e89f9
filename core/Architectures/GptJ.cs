using Gptx.Architectures.Rotary;
using Gptx.Checkpoints;

namespace Gptx.Architectures;

/// <summary>
/// GPT-J (Wang and Komatsuzaki 2021): one norm for attention and feed-forward layer; neighbouring numbers of each head are turned as pairs.
/// Source: transformers' modeling_gptj.
/// </summary>
public sealed class GptJ : IArchitecture
{
    /// <inheritdoc/>
    public string ModelType => "gptj";

    /// <inheritdoc/>
    public Transformer Build(ModelConfig config, CheckpointTensors tensors)
    {
        ConfigCheck.OneOf(config, "GPTJForCausalLM", "GPTJModel");
        tensors.TryPrefix("transformer.");
        var shape = Sizes(config);
        var g = new Decoder(config, tensors, shape);
        var epsilon = config.FindSingle("layer_norm_epsilon") ?? 1e-5f;
        var activation = ActivationFunctionNames.Parse(config, "activation_function", "gelu_new");
        var options = new AttentionOptions { Rotary = RotaryConfig.Interleaved(config, shape, config.GetSize("rotary_dim")) };

        var x = g.Embed("wte"); // [T, D]
        for (var i = 0; i < shape.Blocks; i++)
        {
            var (block, tensor) = (i, $"h.{i}");
            var normed = g.LayerNorm(x, $"{tensor}.ln_1", epsilon);
            x = g.Parallel(
                block,
                x,
                _ => g.SelfAttention(block, normed, $"{tensor}.attn", options, output: "out_proj"),
                _ => g.Mlp(block, normed, $"{tensor}.mlp.fc_in", $"{tensor}.mlp.fc_out", activation));
        }

        return g.Finish(g.LayerNorm(x, "ln_f", epsilon), isTied: false, bias: true);
    }

    private static ModelShape Sizes(ModelConfig config)
    {
        var width = config.GetSize("n_embd", "hidden_size");
        var heads = config.GetSize("n_head", "num_attention_heads");
        ConfigCheck.Divides(config, "n_head", heads, "n_embd", width);
        return new ModelShape(
            config.GetSize("n_layer", "num_hidden_layers"),
            heads,
            heads,
            width / heads,
            width,
            config.FindSize("n_inner") ?? 4 * width,
            config.GetSize("vocab_size"),
            config.FindSize("n_positions", "max_position_embeddings") ?? 2048,
            LearnsPositions: false);
    }
}
