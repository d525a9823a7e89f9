using Gptx.Checkpoints;
using Gptx.Graphs;

namespace Gptx.Architectures;

/// <summary>
/// Llama's blocks, which Mistral, Qwen, SmolLM3 and Granite have too: RMSNorm before attention and before a gated feed-forward layer, and one
/// more behind the last block.
/// </summary>
internal static class LlamaBlocks
{
    /// <summary>What is added to the mean square of RMSNorm, as configs say it.</summary>
    public static float Epsilon(ModelConfig config) => config.FindSingle("rms_norm_eps") ?? 1e-6f;

    /// <summary>All blocks and the last norm over what was embedded: [T, D].</summary>
    /// <param name="g">The graph so far.</param>
    /// <param name="x">What was embedded, [T, D].</param>
    /// <param name="attention">How a block attends, by its number.</param>
    /// <param name="mlpBias">Whether the feed-forward layers have biases.</param>
    /// <param name="residual">What a layer's result is multiplied by before it is added.</param>
    public static Value Over(Decoder g, Value x, Func<int, AttentionOptions> attention, bool mlpBias = false, float residual = 1)
    {
        var epsilon = Epsilon(g.Config);
        var activation = ActivationFunctionNames.Parse(g.Config, "hidden_act", "silu");
        for (var i = 0; i < g.Shape.Blocks; i++)
        {
            var (block, tensor) = (i, $"layers.{i}");
            x = g.Sequential(
                block,
                x,
                u => g.Graph.Scale(g.SelfAttention(block, g.RmsNorm(u, $"{tensor}.input_layernorm", epsilon), $"{tensor}.self_attn", attention(block)), residual),
                u => g.Graph.Scale(g.GatedMlp(block, g.RmsNorm(u, $"{tensor}.post_attention_layernorm", epsilon), $"{tensor}.mlp", activation, mlpBias), residual));
        }

        return g.RmsNorm(x, "norm", epsilon);
    }
}
