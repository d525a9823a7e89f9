using Gptx.Activations;
using Gptx.Graphs;
using Gptx.Inference;

namespace Gptx.Interpretation;

/// <summary>What a weight does in a forward pass.</summary>
internal enum WeightRole
{
    /// <summary>A row a token.</summary>
    TokenEmbedding,

    /// <summary>A row a position, or a kind of token.</summary>
    PositionEmbedding,

    /// <summary>Matrices and biases of attention.</summary>
    Attention,

    /// <summary>Matrices and biases of the feed-forward layer.</summary>
    FeedForward,

    /// <summary>Scales and biases of norms.</summary>
    Norm,

    /// <summary>What makes logits, where it is not the token embedding, and other heads.</summary>
    Head,
}

/// <summary>A weight that the forward pass reads: its tensor, its block and what it does; read off the order in which the pass is written.</summary>
/// <param name="Name">The tensor's name in the checkpoint.</param>
/// <param name="Shape">Its shape as stored.</param>
/// <param name="Block">Its block, from 0; null where it belongs to none.</param>
/// <param name="Role">What it does.</param>
internal sealed record ModelWeight(string Name, IReadOnlyList<long> Shape, int? Block, WeightRole Role)
{
    /// <summary>How many numbers it has.</summary>
    public long Count => Shape.Aggregate(1L, (product, size) => product * size);

    /// <summary>All weights, in the order of the forward pass.</summary>
    /// <exception cref="GptxException"><c>CheckpointNeeded</c>: an ONNX model.</exception>
    public static IReadOnlyList<ModelWeight> Of(LanguageModel model)
    {
        var graph = model.RequireGraph();
        var order = new Dictionary<Operation, int>(ReferenceEqualityComparer.Instance);
        foreach (var (index, operation) in graph.Operations.Index())
        {
            order.Add(operation, index);
        }

        int Place(string name) => graph.Find(name) is { } named ? order[named.Value.Producer] : -1;
        (int First, int Middle, int Last)[] blocks = [.. Enumerable.Range(0, model.Shape.Blocks).Select(block =>
            (Place(ActivationName.ResidPre(block)), Place(ActivationName.AttentionOut(block)), Place(ActivationName.ResidPost(block))))];
        var weights = new List<ModelWeight>();
        foreach (var weight in graph.Operations.OfType<WeightOperation>())
        {
            var (reader, place) = graph.Operations.Index().Where(operation => operation.Item.Inputs.Any(input => ReferenceEquals(input.Producer, weight)))
                .Select(operation => (operation.Item, operation.Index)).FirstOrDefault((weight, order[weight]));
            var block = Array.FindIndex(blocks, range => place > range.First && place <= range.Last);
            weights.Add(new ModelWeight(weight.Name, weight.Shape, block < 0 ? null : block, RoleOf(reader, weight.Name, block < 0 ? null : place <= blocks[block].Middle, model)));
        }

        return weights;
    }

    private static WeightRole RoleOf(Operation reader, string name, bool? isInAttention, LanguageModel model) => reader switch
    {
        LayerNormOperation or RmsNormOperation => WeightRole.Norm,
        EmbeddingOperation => name == model.TokenEmbeddingTensor.Name ? WeightRole.TokenEmbedding : WeightRole.PositionEmbedding,
        _ => isInAttention switch { true => WeightRole.Attention, false => WeightRole.FeedForward, null => WeightRole.Head },
    };
}
