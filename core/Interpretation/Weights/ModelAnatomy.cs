using Gptx.Activations;
using Gptx.Graphs;
using Gptx.Inference;

namespace Gptx.Interpretation;

/// <summary>What a model is made of: its sizes, its parameters by what they do, and how many steps follow each other from a token to its logits.</summary>
/// <param name="Name">The model's name.</param>
/// <param name="Blocks">Number of blocks.</param>
/// <param name="Heads">Attention heads of a block.</param>
/// <param name="Width">Width of the residual stream.</param>
/// <param name="MlpWidth">Width inside the feed-forward layer.</param>
/// <param name="VocabularySize">Rows of the token embedding table.</param>
/// <param name="ContextLength">The tokens that the model is meant for.</param>
/// <param name="LongestPath">The most operations that follow each other: an embedding, a matrix with its bias, a sum, a norm, a nonlinearity are one each, and so is attention.</param>
/// <param name="TokenEmbedding">Parameters of the token embedding table, which makes logits too where it is tied.</param>
/// <param name="PositionEmbedding">Parameters of tables of positions, and of kinds of tokens.</param>
/// <param name="Attention">Parameters of attention.</param>
/// <param name="FeedForward">Parameters of feed-forward layers.</param>
/// <param name="Norms">Parameters of norms.</param>
/// <param name="Head">Parameters of what makes logits beside these, and of projections that belong to no block.</param>
public sealed record ModelAnatomy(
    string Name,
    int Blocks,
    int Heads,
    int Width,
    int MlpWidth,
    int VocabularySize,
    int ContextLength,
    int LongestPath,
    long TokenEmbedding,
    long PositionEmbedding,
    long Attention,
    long FeedForward,
    long Norms,
    long Head)
{
    /// <summary>The model's name.</summary>
    public override string ToString() => Name;

    /// <summary>All parameters.</summary>
    public long Parameters => TokenEmbedding + PositionEmbedding + Attention + FeedForward + Norms + Head;

    /// <summary>Takes a model apart.</summary>
    /// <exception cref="GptxException"><c>CheckpointNeeded</c>: an ONNX model.</exception>
    public static ModelAnatomy Of(LanguageModel model)
    {
        var weights = ModelWeight.Of(model);
        long Of(WeightRole role) => weights.Where(weight => weight.Role == role).Sum(weight => weight.Count);
        var shape = model.Shape;
        return new ModelAnatomy(
            model.Name,
            shape.Blocks,
            shape.Heads,
            shape.Width,
            shape.MlpWidth,
            shape.VocabularySize,
            shape.ContextLength,
            Longest(model.RequireGraph()),
            Of(WeightRole.TokenEmbedding),
            Of(WeightRole.PositionEmbedding),
            Of(WeightRole.Attention),
            Of(WeightRole.FeedForward),
            Of(WeightRole.Norm),
            Of(WeightRole.Head));
    }

    private static int Longest(Graph graph)
    {
        var depths = new Dictionary<Operation, int>(ReferenceEqualityComparer.Instance);
        foreach (var operation in graph.Operations)
        {
            var before = operation.Inputs.Select(input => depths[input.Producer]).DefaultIfEmpty(0).Max();
            depths.Add(operation, before + (operation is InputOperation or WeightOperation or SplitOperation or OutputRowsOperation ? 0 : 1));
        }

        return graph.Find(ActivationName.Logits) is { } logits ? depths[logits.Value.Producer] : depths.Values.Max();
    }
}
