using Gptx.Activations;
using Gptx.Checkpoints;
using Gptx.Graphs;

namespace Gptx.Architectures;

/// <summary>
/// What causal decoders share: attention with named inner values, feed-forward layers, the ways to add them to the residual stream, embedding
/// and unembedding. T tokens, D width, M feed-forward width, H heads (K of keys and values), d head width, V vocabulary.
/// </summary>
/// <param name="config">The checkpoint's config.</param>
/// <param name="tensors">The checkpoint's tensors.</param>
/// <param name="shape">Its sizes.</param>
internal sealed class Decoder(ModelConfig config, CheckpointTensors tensors, ModelShape shape) : Layers(config, tensors)
{
    private readonly ModelShape _shape = ConfigCheck.Plausible(config, shape);
    private string _tokenTable = "";
    private int _tokenWidth = shape.Width;
    private string? _positionTable;
    private int _firstPosition;

    /// <summary>The tokens' rows of a table, times a factor: [T, D].</summary>
    public Value Embed(string table, float factor = 1)
    {
        _tokenTable = table + ".weight";
        return Graph.Name(ActivationName.Embed, Graph.Scale(Graph.Embedding(Graph.Tokens(), Weight(_tokenTable, _shape.VocabularySize, _shape.Width)), factor));
    }

    /// <summary>The tokens' rows of a table, widened by a matrix where they are narrow, and the positions' rows of another: [T, D].</summary>
    public Value EmbedWithPositions(string table, string positionTable, int firstPosition = 0, int? tokenWidth = null, string projection = "")
    {
        (_tokenTable, _tokenWidth, _positionTable, _firstPosition) = (table + ".weight", tokenWidth ?? _shape.Width, positionTable + ".weight", firstPosition);
        var tokens = Graph.Embedding(Graph.Tokens(), Weight(_tokenTable, _shape.VocabularySize, _tokenWidth));
        var embed = Graph.Name(ActivationName.Embed, _tokenWidth == _shape.Width ? tokens : Linear(tokens, projection, _shape.Width));
        var rows = Graph.Embedding(Graph.Positions(), Weight(_positionTable, _shape.ContextLength + firstPosition, _shape.Width), firstPosition);
        return Graph.Add(embed, Graph.Name(ActivationName.PositionEmbed, rows));
    }

    /// <summary>Attention by way of <c>q_proj</c>, <c>k_proj</c>, <c>v_proj</c> and an output projection: [T, D].</summary>
    public Value SelfAttention(int block, Value x, string name, AttentionOptions options, string output = "o_proj")
    {
        var z = Attend(
            block,
            Linear(x, $"{name}.q_proj", _shape.QueryWidth, options.Bias),
            Linear(x, $"{name}.k_proj", _shape.KeyValueWidth, options.Bias),
            Linear(x, $"{name}.v_proj", _shape.KeyValueWidth, options.Bias),
            options);
        return Linear(z, $"{name}.{output}", _shape.Width, options.OutputBias);
    }

    /// <summary>Attention over queries [T, H d], keys and values [T, K d]: z, [T, H d].</summary>
    public Value Attend(int block, Value query, Value key, Value value, AttentionOptions options)
    {
        var name = $"blocks.{block}.attn";
        var then = options.Then ?? ((x, _) => x);
        var q = Graph.Name($"{name}.q", then(query, 'q'), _shape.Heads);
        var k = Graph.Name($"{name}.k", then(key, 'k'), _shape.KeyValueHeads);
        var v = Graph.Name($"{name}.v", then(value, 'v'), _shape.KeyValueHeads);
        if (options.Rotary is { } rotary)
        {
            q = Graph.Name($"{name}.rot_q", Graph.Rotate(q, rotary, _shape.Heads), _shape.Heads);
            k = Graph.Name($"{name}.rot_k", Graph.Rotate(k, rotary, _shape.KeyValueHeads), _shape.KeyValueHeads);
        }

        var scale = options.Scale ?? (1 / MathF.Sqrt(_shape.HeadWidth));
        var attention = new AttentionShape(_shape.Heads, _shape.KeyValueHeads, _shape.HeadWidth, scale, Causal: true, options.Window, options.SoftCap);
        return Graph.Attention(q, k, v, attention, name);
    }

    /// <summary>down(f(gate(x)) * up(x)): [T, D].</summary>
    public Value GatedMlp(int block, Value x, string name, ActivationFunction function, bool bias = false)
    {
        var gated = Gated(block, Linear(x, $"{name}.gate_proj", _shape.MlpWidth, bias), Linear(x, $"{name}.up_proj", _shape.MlpWidth, bias), function);
        return Linear(gated, $"{name}.down_proj", _shape.Width, bias);
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
        var pre = Graph.Name($"blocks.{block}.mlp.pre", Linear(x, input, _shape.MlpWidth, bias));
        var post = Graph.Name($"blocks.{block}.mlp.post", Graph.Activation(pre, function));
        return Linear(post, output, _shape.Width, bias);
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

    /// <summary>Names what left the last norm and writes the logits, [T, V], from a head of its own or from the token embeddings.</summary>
    /// <param name="x">What left the last norm.</param>
    /// <param name="isTied">Whether logits come from the token embeddings where the config does not say.</param>
    /// <param name="head">The tensor of the head, if it has one of its own.</param>
    /// <param name="bias">Whether the head has a bias.</param>
    /// <param name="factor">What logits are multiplied by.</param>
    /// <param name="softCap">What logits are bent to stay below; null where they are not.</param>
    public Transformer Finish(Value x, bool isTied, string head = "lm_head", bool bias = false, float factor = 1, float? softCap = null)
    {
        var final = Graph.Name(ActivationName.FinalNorm, x);
        var table = (Config.FindBoolean("tie_word_embeddings") ?? isTied) ? _tokenTable : head + ".weight";
        var result = new Transformer(Config.ModelType, _shape, Graph, Tensors.Find(_tokenTable)!, _positionTable is { } positions ? Tensors.Find(positions) : null, _firstPosition);
        if (Config.Architectures is [var bare] && bare.EndsWith("Model", StringComparison.Ordinal) && Tensors.Find(table) is null)
        {
            return result with { Note = $"the checkpoint is a {bare} without a head: it has hidden states and attention maps, but no logits" };
        }

        var rows = Graph.OutputRows(final);
        var scores = Graph.Linear(rows, Weight(table, _shape.VocabularySize, _tokenWidth), bias ? Weight(head + ".bias", _shape.VocabularySize) : null, WeightLayout.OutIn);
        Graph.Name(ActivationName.Logits, Graph.SoftCap(Graph.Scale(scores, factor), softCap));
        return result;
    }

    private static Value After(Func<Value, Value>? norm, Value x) => norm is null ? x : norm(x);
}
