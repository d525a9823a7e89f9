namespace Gptx.Checkpoints;

/// <summary>OLMo: Llama with norms that have no parameters.</summary>
internal sealed class GgufOlmo() : GgufDecoder("olmo", "olmo", "OlmoForCausalLM")
{
    /// <inheritdoc/>
    protected override bool HasPermutedHeads => true;

    /// <inheritdoc/>
    protected override (string Key, string From) Epsilon => ("layer_norm_eps", "attention.layer_norm_epsilon");

    /// <inheritdoc/>
    protected override void Complete(GgufConfig config) => config.Copy("clip_qkv", "attention.clamp_kqv");
}

/// <summary>OLMo 2: norms after the layers, and over queries and keys.</summary>
internal sealed class GgufOlmo2() : GgufDecoder("olmo2", "olmo2", "Olmo2ForCausalLM")
{
    /// <inheritdoc/>
    protected override GgufTensorNames Names { get; } = GgufTensorNames.Llama.With(
        ("attn_q_norm", "self_attn.q_norm"),
        ("attn_k_norm", "self_attn.k_norm"),
        ("post_attention_norm", "post_attention_layernorm"),
        ("post_ffw_norm", "post_feedforward_layernorm"));
}
