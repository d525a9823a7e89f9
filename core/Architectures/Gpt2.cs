using Gptx.Activations;
using Gptx.Checkpoints;
using Gptx.Graphs;

namespace Gptx.Architectures;

/// <summary>
/// GPT-2 (Radford et al. 2019): learned positions, layer norm before each layer, one matrix for queries, keys and values, matrices
/// stored [in, out]. Source: transformers' modeling_gpt2. T tokens, D width, H heads, d = D / H.
/// </summary>
public sealed class Gpt2 : IArchitecture
{
    /// <inheritdoc/>
    public string ModelType => "gpt2";

    /// <inheritdoc/>
    public Transformer Build(ModelConfig config, CheckpointTensors tensors)
    {
        var shape = Sizes(config);
        RefuseWhatIsNotSupported(config);
        tensors.TryPrefix("transformer.");
        var g = new Graph();
        var epsilon = config.FindSingle("layer_norm_epsilon") ?? 1e-5f;
        var activation = ActivationFunctionNames.Parse(config, "activation_function", "gelu_new");
        Value Weight(string name, params int[] size) => tensors.Weight(g, name, size);
        Value Norm(Value x, string name) => g.LayerNorm(x, Weight(name + ".weight", shape.Width), Weight(name + ".bias", shape.Width), epsilon);
        Value Linear(Value x, string name, int output) =>
            g.Linear(x, Weight(name + ".weight", x.Width, output), Weight(name + ".bias", output), WeightLayout.InOut);

        var tokenTable = Weight("wte.weight", shape.VocabularySize, shape.Width);
        var positionTable = Weight("wpe.weight", shape.ContextLength, shape.Width);
        var embed = g.Name(ActivationName.Embed, g.Embedding(g.Tokens(), tokenTable)); // [T, D]
        var positions = g.Name(ActivationName.PositionEmbed, g.Embedding(g.Positions(), positionTable)); // [T, D]
        var x = g.Add(embed, positions);

        for (var i = 0; i < shape.Blocks; i++)
        {
            var (block, tensor) = ($"blocks.{i}", $"h.{i}");
            g.Name($"{block}.resid_pre", x); // [T, D]

            var qkv = Linear(Norm(x, $"{tensor}.ln_1"), $"{tensor}.attn.c_attn", 3 * shape.Width); // [T, 3D]
            var parts = g.Split(qkv, shape.Width, shape.Width, shape.Width);
            var q = g.Name($"{block}.attn.q", parts[0], shape.Heads); // [T, H, d]
            var k = g.Name($"{block}.attn.k", parts[1], shape.Heads);
            var v = g.Name($"{block}.attn.v", parts[2], shape.Heads);
            var attention = new AttentionShape(shape.Heads, shape.Heads, shape.HeadWidth, Scale(config, shape, i), Causal: true);
            var z = g.Attention(q, k, v, attention, $"{block}.attn"); // scores, pattern [H, T, T]; z [T, H, d]
            var attentionOut = g.Name($"{block}.attn_out", Linear(z, $"{tensor}.attn.c_proj", shape.Width)); // [T, D]
            x = g.Name($"{block}.resid_mid", g.Add(x, attentionOut));

            var pre = g.Name($"{block}.mlp.pre", Linear(Norm(x, $"{tensor}.ln_2"), $"{tensor}.mlp.c_fc", shape.MlpWidth)); // [T, M]
            var post = g.Name($"{block}.mlp.post", g.Activation(pre, activation)); // [T, M]
            var mlpOut = g.Name($"{block}.mlp_out", Linear(post, $"{tensor}.mlp.c_proj", shape.Width)); // [T, D]
            x = g.Name($"{block}.resid_post", g.Add(x, mlpOut));
        }

        var final = g.Name(ActivationName.FinalNorm, Norm(x, "ln_f")); // [T, D]
        var (unembedding, note) = Unembedding(config, tensors, g, shape, tokenTable);
        g.Name(ActivationName.Logits, g.Linear(g.OutputRows(final), unembedding, null, WeightLayout.OutIn)); // [T, V]
        return new Transformer(ModelType, shape, g, tensors.Find("wte.weight")!, tensors.Find("wpe.weight"), Note: note);
    }

    private static ModelShape Sizes(ModelConfig config)
    {
        var width = config.FindSize("n_embd") ?? 768;
        var heads = config.FindSize("n_head") ?? 12;
        var blocks = config.FindSize("n_layer") ?? 12;
        var mlpWidth = config.FindSize("n_inner") ?? 4 * width;
        var vocabulary = config.FindSize("vocab_size") ?? 50257;
        var context = config.FindSize("n_positions", "n_ctx") ?? 1024;
        ConfigCheck.Divides(config, "n_head", heads, "n_embd", width);
        return new ModelShape(blocks, heads, heads, width / heads, width, mlpWidth, vocabulary, context);
    }

    /// <summary>1 / sqrt(d), left out or divided by the layer's number where the config says so.</summary>
    private static float Scale(ModelConfig config, ModelShape shape, int layer)
    {
        var scale = (config.FindBoolean("scale_attn_weights") ?? true) ? 1 / MathF.Sqrt(shape.HeadWidth) : 1f;
        return config.FindBoolean("scale_attn_by_inverse_layer_idx") == true ? scale / (layer + 1) : scale;
    }

    private static (Value Table, string? Note) Unembedding(ModelConfig config, CheckpointTensors tensors, Graph g, ModelShape shape, Value tokenTable)
    {
        if (config.FindBoolean("tie_word_embeddings") == false)
        {
            return (tensors.Weight(g, "lm_head.weight", shape.VocabularySize, shape.Width), null);
        }

        var isBare = config.Architectures is ["GPT2Model"];
        return (tokenTable, isBare ? "the checkpoint is a GPT2Model without a head: logits come from its token embeddings, to which GPT-2's head is tied" : null);
    }

    private static void RefuseWhatIsNotSupported(ModelConfig config)
    {
        ConfigCheck.NotTrue(config, "add_cross_attention", "GPT-2 with cross-attention is not supported");
        ConfigCheck.OneOf(config, "GPT2LMHeadModel", "GPT2Model", "GPT2DoubleHeadsModel");
    }
}
