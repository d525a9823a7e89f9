namespace Gptx.Checkpoints;

/// <summary>What transformers calls the tensors of an architecture.</summary>
/// <param name="Blocks">What stands before the number of a block, for example <c>model.layers.</c>.</param>
/// <param name="Outside">Names of the parts outside of blocks, by GGUF's.</param>
/// <param name="Inside">Names of the parts inside a block, by GGUF's.</param>
internal sealed record GgufTensorNames(string Blocks, IReadOnlyDictionary<string, string> Outside, IReadOnlyDictionary<string, string> Inside)
{
    /// <summary>Llama's, which most others share.</summary>
    public static GgufTensorNames Llama { get; } = new(
        "model.layers.",
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["token_embd"] = "model.embed_tokens",
            ["output_norm"] = "model.norm",
            ["output"] = "lm_head",
        },
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["attn_norm"] = "input_layernorm",
            ["attn_q"] = "self_attn.q_proj",
            ["attn_k"] = "self_attn.k_proj",
            ["attn_v"] = "self_attn.v_proj",
            ["attn_output"] = "self_attn.o_proj",
            ["ffn_norm"] = "post_attention_layernorm",
            ["ffn_gate"] = "mlp.gate_proj",
            ["ffn_up"] = "mlp.up_proj",
            ["ffn_down"] = "mlp.down_proj",
        });

    /// <summary>The same names but for some parts of a block.</summary>
    public GgufTensorNames With(params IEnumerable<(string Part, string Name)> parts)
    {
        var inside = new Dictionary<string, string>(Inside, StringComparer.Ordinal);
        foreach (var (part, name) in parts)
        {
            inside[part] = name;
        }

        return this with { Inside = inside };
    }

    /// <summary>The same names but for one part outside of blocks.</summary>
    public GgufTensorNames WithOutside(string part, string name) =>
        this with { Outside = new Dictionary<string, string>(Outside, StringComparer.Ordinal) { [part] = name } };

    /// <summary>The whole name, suffix included; null where the architecture has no such part.</summary>
    public string? Of(GgufTensorName tensor) => (tensor.Block is null ? Outside : Inside).TryGetValue(tensor.Part, out var name)
        ? (tensor.Block is { } block ? $"{Blocks}{block}.{name}{tensor.Suffix}" : name + tensor.Suffix)
        : null;
}
