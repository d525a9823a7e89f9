namespace Gptx.Checkpoints;

/// <summary>StarCoder2: layer norms, biases everywhere, a plain feed-forward layer. GGUF does not know of its window.</summary>
internal sealed class GgufStarcoder2() : GgufDecoder("starcoder2", "starcoder2", "Starcoder2ForCausalLM")
{
    /// <inheritdoc/>
    protected override GgufTensorNames Names { get; } = GgufTensorNames.Llama.With(("ffn_up", "mlp.c_fc"), ("ffn_down", "mlp.c_proj"));

    /// <inheritdoc/>
    protected override string Nonlinearity => "gelu_pytorch_tanh";

    /// <inheritdoc/>
    protected override (string Key, string From) Epsilon => ("norm_epsilon", "attention.layer_norm_epsilon");

    /// <inheritdoc/>
    protected override void Complete(GgufConfig config) => config["use_bias"] = config.Has("blk.0.attn_q.bias");
}
