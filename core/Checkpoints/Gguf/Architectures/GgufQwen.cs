namespace Gptx.Checkpoints;

/// <summary>Qwen2: biases on queries, keys and values.</summary>
internal sealed class GgufQwen2() : GgufDecoder("qwen2", "qwen2", "Qwen2ForCausalLM");

/// <summary>Qwen3: norms over each head of queries and keys.</summary>
internal sealed class GgufQwen3() : GgufDecoder("qwen3", "qwen3", "Qwen3ForCausalLM")
{
    /// <inheritdoc/>
    protected override GgufTensorNames Names { get; } = GgufTensorNames.Llama.With(("attn_q_norm", "self_attn.q_norm"), ("attn_k_norm", "self_attn.k_norm"));
}
