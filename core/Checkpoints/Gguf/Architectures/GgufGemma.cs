namespace Gptx.Checkpoints;

/// <summary>Gemma, whose norms multiply by 1 + weight: GGUF stores the sum.</summary>
internal class GgufGemma(string name, string modelType, string modelClass) : GgufDecoder(name, modelType, modelClass)
{
    public GgufGemma()
        : this("gemma", "gemma", "GemmaForCausalLM")
    {
    }

    /// <inheritdoc/>
    protected sealed override string Nonlinearity => "gelu_pytorch_tanh";

    /// <inheritdoc/>
    protected override void Complete(GgufConfig config) => config["hidden_activation"] = Nonlinearity;

    /// <inheritdoc/>
    protected sealed override TensorChange? Change(GgufConfig config, GgufTensorName name, CheckpointTensor tensor) =>
        name.Part.EndsWith("norm", StringComparison.Ordinal) ? new AddedToAll(1) : null;

    /// <summary>
    /// What scores are divided by the root of. GGUF does not say; llama.cpp takes the width of a head, but for the largest model, which it knows by its
    /// number of blocks, the share of the width.
    /// </summary>
    protected static int QueryScale(GgufConfig config, int blocksOfLargest) => config.Size("block_count") == blocksOfLargest
        ? config.Size("embedding_length") / config.Size("attention.head_count")
        : HeadWidth(config);
}

/// <summary>Gemma 2: norms around layers, caps on scores and logits, a window in every other layer.</summary>
internal sealed class GgufGemma2() : GgufGemma("gemma2", "gemma2", "Gemma2ForCausalLM")
{
    private const int BlocksOfLargest = 46;

    /// <inheritdoc/>
    protected override GgufTensorNames Names { get; } = GgufTensorNames.Llama.With(
        ("post_attention_norm", "post_attention_layernorm"),
        ("ffn_norm", "pre_feedforward_layernorm"),
        ("post_ffw_norm", "post_feedforward_layernorm"));

    /// <inheritdoc/>
    protected override void Complete(GgufConfig config)
    {
        base.Complete(config);
        config["query_pre_attn_scalar"] = QueryScale(config, BlocksOfLargest);
        config["sliding_window"] = config.FindSize("attention.sliding_window") ?? 4096;
        config["attn_logit_softcapping"] = GgufConfig.ToJson(config.FindNumber("attn_logit_softcapping") ?? 50);
        config["final_logit_softcapping"] = GgufConfig.ToJson(config.FindNumber("final_logit_softcapping") ?? 30);
    }
}

/// <summary>Gemma 3, text: norms over heads in place of caps; five layers with a window and frequencies of their own, then one without.</summary>
internal sealed class GgufGemma3() : GgufGemma("gemma3", "gemma3_text", "Gemma3ForCausalLM")
{
    private const int BlocksOfLargest = 62;

    /// <inheritdoc/>
    protected override GgufTensorNames Names { get; } = GgufTensorNames.Llama.With(
        ("attn_q_norm", "self_attn.q_norm"),
        ("attn_k_norm", "self_attn.k_norm"),
        ("post_attention_norm", "post_attention_layernorm"),
        ("ffn_norm", "pre_feedforward_layernorm"),
        ("post_ffw_norm", "post_feedforward_layernorm"));

    /// <inheritdoc/>
    protected override void Complete(GgufConfig config)
    {
        base.Complete(config);
        config["query_pre_attn_scalar"] = QueryScale(config, BlocksOfLargest);
        config["sliding_window"] = config.Size("attention.sliding_window");
        config["sliding_window_pattern"] = config.FindSize("attention.sliding_window_pattern") ?? 6;
        config["rope_local_base_freq"] = GgufConfig.ToJson(config.FindNumber("rope.freq_base_swa") ?? 10000);
        config.Copy("final_logit_softcapping", "final_logit_softcapping");
    }
}
