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
        if (row.Count == 0)
        {
            throw new GptxException(GptxErrorKind.InvalidInput, "TextEmpty", "the text is empty: a model needs at least one token");
        }

        if (row.Count > shape.ContextLength)
        {
            throw new GptxException(
                GptxErrorKind.InvalidInput,
                "TextTooLong",
                $"the text has {row.Count} tokens: this model's context is {shape.ContextLength}; shorten it or ask for truncation");
        }

        for (var position = 0; position < row.Count; position++)
        {
            if (row[position] < 0 || row[position] >= shape.VocabularySize)
            {
                throw new GptxException(
                    GptxErrorKind.InvalidInput,
                    "TokenIdUnknown",
                    $"token id {row[position]} at position {position} is not in the vocabulary: ids go from 0 to {shape.VocabularySize - 1}");
            }
        }
    }
}
