using Gptx.Activations;
using Gptx.Checkpoints;
using Gptx.Graphs;

namespace Gptx.Architectures;

/// <summary>
/// What causal decoders share beside their blocks: projections of attention, embedding and unembedding. T tokens, D width, M feed-forward width,
/// H heads (K of keys and values), d head width, V vocabulary.
/// </summary>
/// <param name="config">The checkpoint's config.</param>
/// <param name="tensors">The checkpoint's tensors.</param>
/// <param name="shape">Its sizes.</param>
internal sealed class Decoder(ModelConfig config, CheckpointTensors tensors, ModelShape shape) : Blocks(config, tensors, shape, isCausal: true)
{
    private string _tokenTable = "";
    private int _tokenWidth = shape.Width;
    private string? _positionTable;
    private int _firstPosition;

    /// <summary>The tokens' rows of a table, times a factor: [T, D].</summary>
    public Value Embed(string table, float factor = 1)
    {
        _tokenTable = table + ".weight";
        return Graph.Name(ActivationName.Embed, Graph.Scale(Graph.Embedding(Graph.Tokens(), Weight(_tokenTable, Shape.VocabularySize, Shape.Width)), factor));
    }

    /// <summary>The tokens' rows of a table, widened by a matrix where they are narrow, and the positions' rows of another: [T, D].</summary>
    public Value EmbedWithPositions(string table, string positionTable, int firstPosition = 0, int? tokenWidth = null, string projection = "")
    {
        (_tokenTable, _tokenWidth, _positionTable, _firstPosition) = (table + ".weight", tokenWidth ?? Shape.Width, positionTable + ".weight", firstPosition);
        var tokens = Graph.Embedding(Graph.Tokens(), Weight(_tokenTable, Shape.VocabularySize, _tokenWidth));
        var embed = Graph.Name(ActivationName.Embed, _tokenWidth == Shape.Width ? tokens : Linear(tokens, projection, Shape.Width));
        var rows = Graph.Embedding(Graph.Positions(), Weight(_positionTable, Shape.ContextLength + firstPosition, Shape.Width), firstPosition);
        return Graph.Add(embed, Graph.Name(ActivationName.PositionEmbed, rows));
    }

    /// <summary>Attention by way of <c>q_proj</c>, <c>k_proj</c>, <c>v_proj</c> and an output projection: [T, D].</summary>
    public Value SelfAttention(int block, Value x, string name, AttentionOptions options, string output = "o_proj")
    {
        var z = Attend(
            block,
            Linear(x, $"{name}.q_proj", Shape.QueryWidth, options.Bias),
            Linear(x, $"{name}.k_proj", Shape.KeyValueWidth, options.Bias),
            Linear(x, $"{name}.v_proj", Shape.KeyValueWidth, options.Bias),
            options);
        return Linear(z, $"{name}.{output}", Shape.Width, options.OutputBias);
    }

    /// <summary>down(f(gate(x)) * up(x)): [T, D].</summary>
    public Value GatedMlp(int block, Value x, string name, ActivationFunction function, bool bias = false)
    {
        var gated = Gated(block, Linear(x, $"{name}.gate_proj", Shape.MlpWidth, bias), Linear(x, $"{name}.up_proj", Shape.MlpWidth, bias), function);
        return Linear(gated, $"{name}.down_proj", Shape.Width, bias);
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
        var result = new Transformer(Config.ModelType, Shape, Graph, Tensors.Find(_tokenTable)!, _positionTable is { } positions ? Tensors.Find(positions) : null, _firstPosition);
        if (Config.Architectures is [var bare] && bare.EndsWith("Model", StringComparison.Ordinal) && Tensors.Find(table) is null)
        {
            return result with { Note = $"the checkpoint is a {bare} without a head: it has hidden states and attention maps, but no logits" };
        }

        var rows = Graph.OutputRows(final);
        var scores = Graph.Linear(rows, Weight(table, Shape.VocabularySize, _tokenWidth), bias ? Weight(head + ".bias", Shape.VocabularySize) : null, WeightLayout.OutIn);
        Graph.Name(ActivationName.Logits, Graph.SoftCap(Graph.Scale(scores, factor), softCap));
        return result;
    }
}
