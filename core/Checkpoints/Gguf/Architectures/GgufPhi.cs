namespace Gptx.Checkpoints;

/// <summary>Phi-1.5 and Phi-2: one layer norm a block; older files join queries, keys and values.</summary>
internal sealed class GgufPhi2() : GgufDecoder("phi2", "phi", "PhiForCausalLM")
{
    /// <inheritdoc/>
    protected override GgufTensorNames Names { get; } = GgufTensorNames.Llama
        .With(("attn_output", "self_attn.dense"), ("ffn_up", "mlp.fc1"), ("ffn_down", "mlp.fc2"))
        .WithOutside("output_norm", "model.final_layernorm");

    /// <inheritdoc/>
    protected override string Nonlinearity => "gelu_new";

    /// <inheritdoc/>
    protected override (string Key, string From) Epsilon => ("layer_norm_eps", "attention.layer_norm_epsilon");

    /// <inheritdoc/>
    public override IEnumerable<CheckpointTensor>? Convert(GgufConfig config, GgufTensorName name, CheckpointTensor tensor)
    {
        if (name.Part != "attn_qkv")
        {
            return base.Convert(config, name, tensor);
        }

        var width = config.Size("embedding_length");
        return tensor.Shape[0] == 3L * width
            ? "qkv".Select((part, index) => tensor.Rows($"model.layers.{name.Block}.self_attn.{part}_proj{name.Suffix}", (long)index * width, width))
            : throw ShapeWrong(config, tensor, $"of {3L * width} rows: queries, keys and values");
    }
}

/// <summary>Phi-3: Llama with joined projections, and LongRoPE.</summary>
internal sealed class GgufPhi3() : GgufDecoder("phi3", "phi3", "Phi3ForCausalLM")
{
    /// <inheritdoc/>
    protected override GgufTensorNames Names { get; } = GgufTensorNames.Llama.With(("attn_qkv", "self_attn.qkv_proj"), ("ffn_up", "mlp.gate_up_proj"));

    /// <inheritdoc/>
    protected override void Complete(GgufConfig config)
    {
        if (config.FindSize("attention.sliding_window") is { } window)
        {
            config["sliding_window"] = window;
        }
    }
}
