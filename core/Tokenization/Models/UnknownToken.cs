namespace Gptx.Tokenization;

/// <summary>The token that stands for what the vocabulary lacks.</summary>
internal static class UnknownToken
{
    /// <summary>The token for a whole piece.</summary>
    /// <exception cref="GptxException">The vocabulary lacks the unknown token too.</exception>
    public static ModelToken In(TokenTable vocabulary, string unknown, ReadOnlySpan<char> piece)
    {
        return vocabulary.TryGetId(unknown, out int id)
            ? new ModelToken(id, 0, piece.Length)
            : throw new GptxException(
                GptxErrorKind.InvalidInput,
                "UnknownTokenMissing",
                $"The text has a word that the vocabulary lacks, and the tokenizer's unk_token '{unknown}' is not in the vocabulary either.");
    }
}
