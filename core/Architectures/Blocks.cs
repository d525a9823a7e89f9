using Gptx.Checkpoints;
using Gptx.Graphs;

namespace Gptx.Architectures;

/// <summary>
/// What the blocks of all transformers share: attention with named inner values, feed-forward layers, and the ways to add them to the residual
/// stream. T tokens, D width, M feed-forward width, H heads (K of keys and values), d head width.
/// </summary>
/// <param name="config">The checkpoint's config.</param>
/// <param name="tensors">The checkpoint's tensors.</param>
/// <param name="shape">Its sizes.</param>
/// <param name="isCausal">Whether a token sees only itself and those before it.</param>
internal class Blocks(ModelConfig config, CheckpointTensors tensors, ModelShape shape, bool isCausal) : Layers(config, tensors)
{
    /// <summary>The model's sizes.</summary>
    public ModelShape Shape { get; } = ConfigCheck.Plausible(config, shape);

    /// <summary>Attention over queries [T, H d], keys and values [T, K d]: z, [T, H d].</summary>
    public Value Attend(int block, Value query, Value key, Value value, AttentionOptions options)
    {
        var name = $"blocks.{block}.attn";
        var then = options.Then ?? ((x, _) => x);
        var q = Graph.Name($"{name}.q", then(query, 'q'), Shape.Heads);
        var k = Graph.Name($"{name}.k", then(key, 'k'), Shape.KeyValueHeads);
        var v = Graph.Name($"{name}.v", then(value, 'v'), Shape.KeyValueHeads);
        if (options.Rotary is { } rotary)
        {
            q = Graph.Name($"{name}.rot_q", Graph.Rotate(q, rotary, Shape.Heads), Shape.Heads);
            k = Graph.Name($"{name}.rot_k", Graph.Rotate(k, rotary, Shape.KeyValueHeads), Shape.KeyValueHeads);
        }

        var scale = options.Scale ?? (1 / MathF.Sqrt(Shape.HeadWidth));
        var attention = new AttentionShape(Shape.Heads, Shape.KeyValueHeads, Shape.HeadWidth, scale, isCausal, options.Window, options.SoftCap);
        return Graph.Attention(q, k, v, attention, name, options.ScoreBias);
    }

    /// <summary>f(gate) * up: [T, M].</summary>
    public Value Gated(int block, Value gate, Value up, ActivationFunction function)
    {
        var pre = Graph.Name($"blocks.{block}.mlp.pre", gate);
        var linear = Graph.Name($"blocks.{block}.mlp.pre_linear", up);
        return Graph.Name($"blocks.{block}.mlp.post", Graph.Multiply(Graph.Activation(pre, function), linear));
    }

    /// <summary>out(f(in(x))): [T, D].</summary>
    public Value Mlp(int block, Value x, string input, string output, ActivationFunction function, bool bias = true)
    {
        var pre = Graph.Name($"blocks.{block}.mlp.pre", Linear(x, input, Shape.MlpWidth, bias));
        var post = Graph.Name($"blocks.{block}.mlp.post", Graph.Activation(pre, function));
        return Linear(post, output, Shape.Width, bias);
    }

    /// <summary>
    /// A block whose feed-forward layer reads what attention wrote: x + attention(x), and on that + mlp. Norms may follow each sum, as in the first
    /// transformers: then the residual stream is what leaves them.
    /// </summary>
    public Value Sequential(
        int block, Value x, Func<Value, Value> attention, Func<Value, Value> mlp, Func<Value, Value>? afterAttention = null, Func<Value, Value>? afterMlp = null)
    {
        var name = $"blocks.{block}";
        Graph.Name($"{name}.resid_pre", x);
        var attentionOut = Graph.Name($"{name}.attn_out", attention(x));
        var middle = Graph.Name($"{name}.resid_mid", After(afterAttention, Graph.Add(x, attentionOut)));
        var mlpOut = Graph.Name($"{name}.mlp_out", mlp(middle));
        return Graph.Name($"{name}.resid_post", After(afterMlp, Graph.Add(middle, mlpOut)));
    }

    /// <summary>A block whose attention and feed-forward layer both read x: x + attention(x) + mlp(x). It has no resid_mid.</summary>
    public Value Parallel(int block, Value x, Func<Value, Value> attention, Func<Value, Value> mlp)
    {
        var name = $"blocks.{block}";
        Graph.Name($"{name}.resid_pre", x);
        var attentionOut = Graph.Name($"{name}.attn_out", attention(x));
        var mlpOut = Graph.Name($"{name}.mlp_out", mlp(x));
        return Graph.Name($"{name}.resid_post", Graph.Add(x, Graph.Add(attentionOut, mlpOut)));
    }

    private static Value After(Func<Value, Value>? norm, Value x) => norm is null ? x : norm(x);
}
