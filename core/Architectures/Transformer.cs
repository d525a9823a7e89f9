using Gptx.Graphs;

namespace Gptx.Architectures;

/// <summary>A model's forward pass, its sizes, and which tensors of the checkpoint are its embedding tables.</summary>
/// <param name="ModelType">The <c>model_type</c> of config.json.</param>
/// <param name="Shape">Its sizes.</param>
/// <param name="Graph">Its forward pass with named activations.</param>
/// <param name="TokenEmbedding">The tensor with one row a token, [vocabulary, width].</param>
/// <param name="PositionEmbedding">The tensor with one row a position, at least [context, width]; null where positions are not learned.</param>
/// <param name="FirstPosition">The row of that table that is position 0.</param>
/// <param name="Task">What it gives.</param>
/// <param name="Labels">The names of its classes, where it has classes.</param>
/// <param name="TokenTypes">How many kinds of tokens it tells apart (first and second text); 0 where it has no such input.</param>
/// <param name="Note">What a person should know about how the checkpoint was read; null if nothing.</param>
public sealed record Transformer(
    string ModelType,
    ModelShape Shape,
    Graph Graph,
    string TokenEmbedding,
    string? PositionEmbedding,
    int FirstPosition = 0,
    ModelTask Task = ModelTask.NextToken,
    IReadOnlyList<string>? Labels = null,
    int TokenTypes = 0,
    string? Note = null);
