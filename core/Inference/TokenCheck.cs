using Gptx.Architectures;

namespace Gptx.Inference;

/// <summary>Checks of token ids before a model sees them; each failure is one line.</summary>
public static class TokenCheck
{
    /// <summary>There is a row, and each row is one that the model can read.</summary>
    /// <exception cref="GptxException"><c>TextEmpty</c>, <c>TextTooLong</c> or <c>TokenIdUnknown</c>.</exception>
    public static void Rows(IReadOnlyList<IReadOnlyList<int>> rows, ModelShape shape)
    {
        ArgumentOutOfRangeException.ThrowIfZero(rows.Count, nameof(rows));
        foreach (var row in rows)
        {
            Row(row, shape);
        }
    }

    /// <summary>A row that the model can read: not empty, within the context, every id in the vocabulary.</summary>
    /// <exception cref="GptxException"><c>TextEmpty</c>, <c>TextTooLong</c> or <c>TokenIdUnknown</c>.</exception>
    public static void Row(IReadOnlyList<int> row, ModelShape shape)
    {
        Ids(row, shape);
        if (row.Count > shape.TokenLimit)
        {
            throw new GptxException(
                GptxErrorKind.InvalidInput,
                "TextTooLong",
                $"the text has {row.Count} tokens: this model's context is {shape.ContextLength}; shorten the text or ask for truncation");
        }
    }

    /// <summary>A kind for each token, each one that the model has.</summary>
    /// <exception cref="GptxException"><c>TokenTypeUnknown</c>.</exception>
    public static void Types(IReadOnlyList<IReadOnlyList<int>> rows, IReadOnlyList<IReadOnlyList<int>>? types, int count)
    {
        for (var row = 0; row < (types?.Count ?? 0); row++)
        {
            ArgumentOutOfRangeException.ThrowIfNotEqual(types![row].Count, rows[row].Count, nameof(types));
            if (types[row].FirstOrDefault(type => type < 0 || type >= count, -1) is var unknown and not -1)
            {
                throw new GptxException(GptxErrorKind.InvalidInput, "TokenTypeUnknown", $"token type {unknown} does not exist: this model has types 0 to {count - 1}");
            }
        }
    }

    /// <summary>
    /// What to say of a text that is longer than the model is meant for and that it can read all the same, its positions being turned, not learned;
    /// null of any other.
    /// </summary>
    public static string? PastContext(long tokens, ModelShape shape) => shape.LearnsPositions || tokens <= shape.ContextLength
        ? null
        : $"{tokens} tokens are more than the {shape.ContextLength} that this model is meant for: what it makes of the rest may be worse";

    /// <summary>Ids of which there is at least one, each in the vocabulary.</summary>
    /// <exception cref="GptxException"><c>TextEmpty</c> or <c>TokenIdUnknown</c>.</exception>
    public static void Ids(IReadOnlyList<int> ids, ModelShape shape)
    {
        if (ids.Count == 0)
        {
            throw Empty();
        }

        for (var position = 0; position < ids.Count; position++)
        {
            if (ids[position] < 0 || ids[position] >= shape.VocabularySize)
            {
                throw new GptxException(
                    GptxErrorKind.InvalidInput,
                    "TokenIdUnknown",
                    $"token id {ids[position]} at position {position} is not in the vocabulary: ids go from 0 to {shape.VocabularySize - 1}");
            }
        }
    }

    /// <summary>The error for a text without tokens.</summary>
    internal static GptxException Empty() => new(GptxErrorKind.InvalidInput, "TextEmpty", "the text is empty: a model needs at least one token");
}
