namespace Gptx.Checkpoints;

/// <summary>GPT-NeoX, Pythia: queries, keys and values come from one matrix, which GGUF stores part by part and transformers head by head.</summary>
internal sealed class GgufGptNeoX() : GgufDecoder("gptneox", "gpt_neox", "GPTNeoXForCausalLM")
{
    /// <inheritdoc/>
    protected override GgufTensorNames Names { get; } = new(
        "gpt_neox.layers.",
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["token_embd"] = "gpt_neox.embed_in",
            ["output_norm"] = "gpt_neox.final_layer_norm",
            ["output"] = "embed_out",
        },
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["attn_norm"] = "input_layernorm",
            ["attn_qkv"] = "attention.query_key_value",
            ["attn_output"] = "attention.dense",
            ["ffn_norm"] = "post_attention_layernorm",
            ["ffn_up"] = "mlp.dense_h_to_4h",
            ["ffn_down"] = "mlp.dense_4h_to_h",
        });

    /// <inheritdoc/>
    protected override string Nonlinearity => "gelu";

    /// <inheritdoc/>
    protected override (string Key, string From) Epsilon => ("layer_norm_eps", "attention.layer_norm_epsilon");

    /// <inheritdoc/>
    protected override void Complete(GgufConfig config) => config["use_parallel_residual"] = config.FindBoolean("use_parallel_residual") ?? true;

    /// <inheritdoc/>
    protected override TensorChange? Change(GgufConfig config, GgufTensorName name, CheckpointTensor tensor)
    {
        if (name.Part != "attn_qkv")
        {
            return null;
        }

        var (width, head) = ((long)config.Size("embedding_length"), (long)HeadWidth(config));
        if (tensor.Shape[0] != 3 * width || width % head != 0 || tensor.Shape.Count > 2)
        {
            throw ShapeWrong(config, tensor, $"of {3 * width} rows: queries, keys and values");
        }

        return new RowOrder(row => (row / head % 3 * width) + (row / (3 * head) * head) + (row % head));
    }
}
