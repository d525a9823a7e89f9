namespace Gptx.Checkpoints;

/// <summary>GPT-2, whose matrices transformers has [in, out] and GGUF [out, in].</summary>
internal sealed class GgufGpt2 : GgufArchitecture
{
    private const int MostRows = 1 << 20;

    /// <inheritdoc/>
    public override string Name => "gpt2";

    /// <inheritdoc/>
    protected override GgufTensorNames Names { get; } = new(
        "transformer.h.",
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["token_embd"] = "transformer.wte",
            ["position_embd"] = "transformer.wpe",
            ["output_norm"] = "transformer.ln_f",
            ["output"] = "lm_head",
        },
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["attn_norm"] = "ln_1",
            ["attn_qkv"] = "attn.c_attn",
            ["attn_output"] = "attn.c_proj",
            ["ffn_norm"] = "ln_2",
            ["ffn_up"] = "mlp.c_fc",
            ["ffn_down"] = "mlp.c_proj",
        });

    /// <inheritdoc/>
    public override void Describe(GgufConfig config)
    {
        config["model_type"] = "gpt2";
        config["architectures"] = new System.Text.Json.Nodes.JsonArray("GPT2LMHeadModel");
        config["vocab_size"] = Math.Min(config.File.GetTensor("token_embd.weight").Shape[0], int.MaxValue);
        config["n_embd"] = config.Size("embedding_length");
        config["n_layer"] = config.Size("block_count");
        config["n_head"] = config.Size("attention.head_count");
        config["n_inner"] = config.Size("feed_forward_length");
        config["n_positions"] = config.Size("context_length");
        config["layer_norm_epsilon"] = GgufConfig.ToJson(config.Number("attention.layer_norm_epsilon"));
        config["activation_function"] = "gelu_new";
        config["tie_word_embeddings"] = !config.Has("output.weight");
    }

    /// <inheritdoc/>
    protected override TensorChange? Change(GgufConfig config, GgufTensorName name, CheckpointTensor tensor) =>
        name is not { Block: not null, Suffix: ".weight", Part: "attn_qkv" or "attn_output" or "ffn_up" or "ffn_down" } ? null
        : tensor.Shape is [<= MostRows, _] ? new Transposition()
        : throw ShapeWrong(config, tensor, $"a matrix of at most {MostRows} rows");
}
