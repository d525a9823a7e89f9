namespace Gptx.Tokenization;

/// <summary>Each piece is one token, or unknown.</summary>
internal sealed class WordLevelModel : ITokenizerModel
{
    private readonly TokenTable _vocabulary;
    private readonly string _unknown;

    public WordLevelModel(TokenTable vocabulary, string unknown)
    {
        _vocabulary = vocabulary;
        _unknown = unknown;
    }

    public void Tokenize(ReadOnlySpan<char> piece, PieceTokens tokens)
    {
        bool isKnown = _vocabulary.TryGetId(piece, out int id);
        tokens.Add(isKnown ? new ModelToken(id, 0, piece.Length) : UnknownToken.In(_vocabulary, _unknown, piece));
    }
}
