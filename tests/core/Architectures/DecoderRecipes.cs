using System.Text.Json.Nodes;

namespace Gptx.Tests.Architectures;

/// <summary>Configs of every causal decoder, with options and sizes that differ from one to the next.</summary>
internal static class DecoderRecipes
{
    private const string Common = """
        "hidden_size": 24, "num_attention_heads": 4, "num_key_value_heads": 2, "num_hidden_layers": 3, "intermediate_size": 20,
        "vocab_size": 31, "max_position_embeddings": 40
        """;

    private static readonly Dictionary<string, string> Written = new(StringComparer.Ordinal)
    {
        ["llama"] = """ "head_dim": 16, "attention_bias": true """,
        ["llama odd sizes"] = """ "model_type": "llama", "hidden_size": 21, "num_attention_heads": 3, "num_key_value_heads": 1, "head_dim": 10, "intermediate_size": 17, "vocab_size": 29, "mlp_bias": true, "tie_word_embeddings": true """,
        ["llama dynamic"] = """ "model_type": "llama", "head_dim": 8, "rope_scaling": { "type": "dynamic", "factor": 2.5 } """,
        ["llama yarn"] = """ "model_type": "llama", "head_dim": 16, "rope_parameters": { "rope_type": "yarn", "factor": 4, "rope_theta": 5000, "original_max_position_embeddings": 10, "mscale": 0.7, "mscale_all_dim": 0.9, "truncate": false } """,
        ["llama longrope"] = """ "model_type": "llama", "head_dim": 8, "rope_scaling": { "rope_type": "longrope", "original_max_position_embeddings": 24, "short_factor": [1, 1.1, 1.2, 1.3], "long_factor": [2, 2.5, 3, 4] } """,
        ["mistral"] = """ "head_dim": 8, "sliding_window": 3 """,
        ["mistral odd heads"] = """ "model_type": "mistral", "head_dim": 6, "sliding_window": 5 """,
        ["qwen2"] = """ "use_sliding_window": true, "sliding_window": 4, "max_window_layers": 1 """,
        ["qwen3"] = """ "head_dim": 8, "use_sliding_window": true, "sliding_window": 4, "layer_types": ["full_attention", "sliding_attention", "full_attention"], "attention_bias": true """,
        ["gemma"] = """ "head_dim": 10, "attention_bias": true, "hidden_act": "gelu" """,
        ["gemma2"] = """ "head_dim": 8, "sliding_window": 3, "attn_logit_softcapping": 5, "query_pre_attn_scalar": 12 """,
        ["gemma2 uncapped"] = """ "model_type": "gemma2", "head_dim": 8, "sliding_window": 3, "attn_logit_softcapping": null, "final_logit_softcapping": null, "layer_types": ["full_attention", "sliding_attention", "full_attention"] """,
        ["gemma3_text"] = """ "head_dim": 8, "sliding_window": 4, "sliding_window_pattern": 2, "rope_local_base_freq": 500, "rope_scaling": { "rope_type": "linear", "factor": 8 }, "attn_logit_softcapping": 7 """,
        ["phi"] = """ "qk_layernorm": true, "num_key_value_heads": 4, "partial_rotary_factor": 0.4, "hidden_size": 40 """,
        ["phi3"] = """ "sliding_window": 6, "rope_parameters": { "rope_theta": 10000, "partial_rotary_factor": 0.7 } """,
        ["phi3 longrope"] = """ "model_type": "phi3", "hidden_size": 32, "original_max_position_embeddings": 12, "rope_scaling": { "type": "su", "short_factor": [1, 1.1, 1.2, 1.3], "long_factor": [2, 2.5, 3, 4] } """,
        ["olmo"] = """ "clip_qkv": 0.5, "attention_bias": true """,
        ["olmo2"] = """ "head_dim": 8, "attention_bias": true """,
        ["stablelm"] = """ "hidden_size": 32, "qk_layernorm": true, "use_parallel_residual": true, "use_qkv_bias": true """,
        ["starcoder2"] = """ "sliding_window": 4, "use_bias": false """,
        ["smollm3"] = """ "use_sliding_window": true, "sliding_window": 4, "no_rope_layer_interval": 2, "mlp_bias": true """,
        ["granite"] = """ "embedding_multiplier": 2, "residual_multiplier": 0.5, "attention_multiplier": 0.3, "logits_scaling": 3, "mlp_bias": true """,
        ["gpt_neox"] = """ "hidden_size": 32, "rotary_pct": 0.5, "rotary_emb_base": 5000, "use_parallel_residual": false, "attention_bias": false """,
        ["gpt_neo"] = """ "num_heads": 3, "num_layers": 3, "attention_types": [[["global", "local", "local"], 1]], "window_size": 3, "tie_word_embeddings": false """,
        ["gptj"] = """ "n_embd": 24, "n_head": 3, "n_layer": 2, "n_positions": 40, "rotary_dim": 6, "n_inner": 13 """,
        ["opt"] = """ "ffn_dim": 20, "word_embed_proj_dim": 10, "enable_bias": false, "layer_norm_elementwise_affine": false, "tie_word_embeddings": false """,
        ["opt without a last norm"] = """ "model_type": "opt", "ffn_dim": 20, "_remove_final_layer_norm": true, "activation_function": "gelu" """,
    };

    public static TheoryData<string> Names => [.. Written.Keys];

    /// <summary>A config by its name; what it says itself goes before what all have in common.</summary>
    public static IReadOnlyDictionary<string, object?> Config(string name)
    {
        var config = JsonNode.Parse($$"""{ {{Common}}, "model_type": "{{name.Split(' ')[0]}}" }""")!.AsObject();
        foreach (var (key, value) in JsonNode.Parse($"{{{Written[name]}}}")!.AsObject())
        {
            config[key] = value?.DeepClone();
        }

        return config.ToDictionary(pair => pair.Key, pair => (object?)pair.Value, StringComparer.Ordinal);
    }
}
