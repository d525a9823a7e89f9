namespace Gptx.Tokenization;

/// <summary>Turns a piece of text into tokens of the vocabulary.</summary>
internal interface ITokenizerModel
{
    /// <summary>The tokens of a piece, in order, with places relative to the piece. Safe to call from several threads.</summary>
    /// <exception cref="GptxException">The piece holds something that the vocabulary has no token for, not even an unknown token.</exception>
    ModelToken[] Tokenize(ReadOnlySpan<char> piece);
}

/// <summary>A token of a piece: its id, its name and its place [Start, End) in the piece, in UTF-16 units.</summary>
internal readonly record struct ModelToken(int Id, string Value, int Start, int End);
