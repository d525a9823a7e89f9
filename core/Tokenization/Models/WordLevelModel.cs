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

    public ModelToken[] Tokenize(ReadOnlySpan<char> piece)
    {
        return _vocabulary.TryGetId(piece, out int id)
            ? [new ModelToken(id, piece.ToString(), 0, piece.Length)]
            : [UnknownToken.In(_vocabulary, _unknown, piece)];
    }
}
