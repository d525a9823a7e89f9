namespace Gptx.Checkpoints;

/// <summary>Llama; Mistral's models go by this name too.</summary>
internal sealed class GgufLlama() : GgufDecoder("llama", "llama", "LlamaForCausalLM")
{
    /// <inheritdoc/>
    protected override bool HasPermutedHeads => true;
}

/// <summary>SmolLM3: Llama in which each fourth layer does not turn; GGUF does not say which, and neither needs config.json.</summary>
internal sealed class GgufSmolLm3() : GgufDecoder("smollm3", "smollm3", "SmolLM3ForCausalLM")
{
    /// <inheritdoc/>
    protected override bool HasPermutedHeads => true;
}

/// <summary>Granite: Llama with multipliers.</summary>
internal sealed class GgufGranite() : GgufDecoder("granite", "granite", "GraniteForCausalLM")
{
    /// <inheritdoc/>
    protected override bool HasPermutedHeads => true;

    /// <inheritdoc/>
    protected override void Complete(GgufConfig config)
    {
        config["attention_multiplier"] = GgufConfig.ToJson(config.FindNumber("attention.scale") is { } scale and not 0 ? scale : 1 / Math.Sqrt(HeadWidth(config)));
        config.Copy("embedding_multiplier", "embedding_scale");
        config.Copy("residual_multiplier", "residual_scale");
        config.Copy("logits_scaling", "logit_scale");
    }
}
