using Gptx.Inference;

namespace Gptx.Embeddings;

/// <summary>The learned vector that is added to a token's at a position.</summary>
/// <param name="Position">The position, from 0.</param>
/// <param name="Vector">The numbers, as wide as the model.</param>
/// <param name="Model">The model's name.</param>
public sealed record PositionVector(int Position, float[] Vector, string Model)
{
    /// <summary>The vectors of some positions; of all if none is named.</summary>
    /// <exception cref="GptxException"><c>PositionsNotLearned</c>: the model has no such table; <c>PositionOutOfRange</c>.</exception>
    public static IReadOnlyList<PositionVector> Of(LanguageModel model, IReadOnlyList<int>? positions = null)
    {
        var table = EmbeddingTable.Positions(model) ?? throw new GptxException(
            GptxErrorKind.InvalidArgument, "PositionsNotLearned", $"{model.Name} has no position embeddings: its positions are not learned");
        positions = positions is null or [] ? [.. Enumerable.Range(0, table.Count)] : positions;
        foreach (var position in positions)
        {
            if (position < 0 || position >= table.Count)
            {
                throw new GptxException(
                    GptxErrorKind.InvalidArgument, "PositionOutOfRange", $"position {position} does not exist: the model has positions 0 to {table.Count - 1}");
            }
        }

        return [.. positions.Select(position => new PositionVector(position, table.CopyRow(position), model.Name))];
    }

    /// <summary>Of what it is.</summary>
    public override string ToString() => $"position {Position}";
}
