using Gptx.Embeddings;
using Gptx.Inference;

namespace Gptx.Tool.Commands;

/// <summary>The vector of a row that is a word, or one token's id.</summary>
internal static class WordVector
{
    /// <summary>The vector, and whose it is.</summary>
    /// <exception cref="GptxException"><c>WordMissing</c>: several ids are no word.</exception>
    public static TokenVector Of(EmbeddingTable table, TokenSequence row, int index) => row switch
    {
        { Text: { } word } => table.OfWord(word, index),
        { Ids: [var id] } => table.OfToken(id, index: index),
        _ => throw new GptxException(GptxErrorKind.InvalidInput, "WordMissing", $"{row.Count} ids are no word: give one id, or the word"),
    };
}
