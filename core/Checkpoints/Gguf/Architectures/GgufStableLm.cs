namespace Gptx.Checkpoints;

/// <summary>StableLM: layer norms; the larger ones have a norm for each head, which GGUF stacks.</summary>
internal sealed class GgufStableLm() : GgufDecoder("stablelm", "stablelm", "StableLmForCausalLM")
{
    /// <inheritdoc/>
    protected override (string Key, string From) Epsilon => ("layer_norm_eps", "attention.layer_norm_epsilon");

    /// <inheritdoc/>
    public override IEnumerable<CheckpointTensor>? Convert(GgufConfig config, GgufTensorName name, CheckpointTensor tensor)
    {
        if (name is not { Block: { } block, Part: "attn_q_norm" or "attn_k_norm" })
        {
            return base.Convert(config, name, tensor);
        }

        var part = name.Part == "attn_q_norm" ? 'q' : 'k';
        return tensor.Shape is [var heads and <= 4096, _]
            ? Enumerable.Range(0, (int)heads).Select(head =>
                tensor.Rows($"model.layers.{block}.self_attn.{part}_layernorm.norms.{head}{name.Suffix}", head, 1, asVector: true))
            : throw ShapeWrong(config, tensor, "[heads, head width]");
    }

    /// <inheritdoc/>
    protected override void Complete(GgufConfig config)
    {
        config["use_qkv_bias"] = config.Has("blk.0.attn_q.bias");
        config["qk_layernorm"] = config.Has("blk.0.attn_q_norm.weight");
        config["use_parallel_residual"] = !config.Has("blk.0.ffn_norm.weight");
    }
}
