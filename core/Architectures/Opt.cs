using Gptx.Checkpoints;
using Gptx.Graphs;

namespace Gptx.Architectures;

/// <summary>
/// OPT (Zhang et al. 2022): learned positions from the third row of their table, norms before or after each layer, embeddings that may be narrower
/// than the model. Source: transformers' modeling_opt.
/// </summary>
public sealed class Opt : IArchitecture
{
    /// <inheritdoc/>
    public string ModelType => "opt";

    /// <inheritdoc/>
    public Transformer Build(ModelConfig config, CheckpointTensors tensors)
    {
        ConfigCheck.OneOf(config, "OPTForCausalLM", "OPTModel");
        tensors.TryPrefix("decoder.");
        tensors.TryPrefix("model.decoder.");
        var shape = Sizes(config);
        var g = new Decoder(config, tensors, shape);
        var activation = ActivationFunctionNames.Parse(config, "activation_function", "relu");
        var bias = DecoderConfig.Is(config, "enable_bias", true);
        var isAffine = DecoderConfig.Is(config, "layer_norm_elementwise_affine", true);
        var normsFirst = DecoderConfig.Is(config, "do_layer_norm_before", true);
        var options = new AttentionOptions { Bias = bias, OutputBias = bias };
        var embeddingWidth = config.FindSize("word_embed_proj_dim") ?? shape.Width;

        var x = g.EmbedWithPositions("embed_tokens", "embed_positions", firstPosition: 2, embeddingWidth, "project_in"); // [T, D]
        for (var i = 0; i < shape.Blocks; i++)
        {
            var (block, tensor) = (i, $"layers.{i}");
            var (attentionNorm, mlpNorm) = ($"{tensor}.self_attn_layer_norm", $"{tensor}.final_layer_norm");
            x = normsFirst
                ? g.Sequential(block, x, u => Attention(Norm(u, attentionNorm)), u => Mlp(Norm(u, mlpNorm)))
                : g.Sequential(block, x, Attention, Mlp, u => Norm(u, attentionNorm), u => Norm(u, mlpNorm));

            Value Attention(Value u) => g.SelfAttention(block, u, $"{tensor}.self_attn", options, output: "out_proj");
            Value Mlp(Value u) => g.Mlp(block, u, $"{tensor}.fc1", $"{tensor}.fc2", activation, bias);
        }

        if (normsFirst && !DecoderConfig.Is(config, "_remove_final_layer_norm"))
        {
            x = Norm(x, "final_layer_norm");
        }

        return g.Finish(embeddingWidth == shape.Width ? x : g.Linear(x, "project_out", embeddingWidth), isTied: true);

        Value Norm(Value u, string name) => isAffine ? g.LayerNorm(u, name, 1e-5f) : g.Graph.LayerNorm(u, null, null, 1e-5f);
    }

    private static ModelShape Sizes(ModelConfig config)
    {
        var width = config.GetSize("hidden_size");
        var heads = config.GetSize("num_attention_heads");
        ConfigCheck.Divides(config, "num_attention_heads", heads, "hidden_size", width);
        return new ModelShape(
            config.GetSize("num_hidden_layers"),
            heads,
            heads,
            width / heads,
            width,
            config.GetSize("ffn_dim"),
            config.GetSize("vocab_size"),
            config.FindSize("max_position_embeddings") ?? 2048);
    }
}
