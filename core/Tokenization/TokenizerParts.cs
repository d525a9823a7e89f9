namespace Gptx.Tokenization;

/// <summary>The parts of a tokenizer, in the order in which text passes them.</summary>
internal sealed record TokenizerParts(TokenTable Tokens, ITokenizerModel Model)
{
    public IReadOnlyList<AddedToken> AddedTokens { get; init; } = [];

    public INormalizer? Normalizer { get; init; }

    public IPreTokenizer? PreTokenizer { get; init; }

    public Truncation? Truncation { get; init; }

    public IPostProcessor? PostProcessor { get; init; }

    public Padding? Padding { get; init; }

    public ITokenDecoder Decoder { get; init; } = new SpaceJoiningDecoder();

    /// <summary>Says in words what the file says; made when it is asked for. Null where only the kinds of the parts are known.</summary>
    public Func<TokenizerDescription>? Describe { get; init; }
}
