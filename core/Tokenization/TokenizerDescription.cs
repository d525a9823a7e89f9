namespace Gptx.Tokenization;

/// <summary>What a tokenizer is made of, in words: its parts in the order in which text passes them, a line a step.</summary>
internal sealed record TokenizerDescription(string Kind)
{
    public IReadOnlyList<string> Model { get; init; } = [];

    public IReadOnlyList<string> Normalizer { get; init; } = [];

    public IReadOnlyList<string> PreTokenizer { get; init; } = [];

    public IReadOnlyList<string> PostProcessor { get; init; } = [];

    public IReadOnlyList<string> Decoder { get; init; } = [];

    public IReadOnlyList<string> Truncation { get; init; } = [];

    public IReadOnlyList<string> Padding { get; init; } = [];

    /// <summary>The kinds of the parts alone, where no file says more.</summary>
    public static TokenizerDescription OfKinds(TokenizerParts parts) => new(KindOf(parts.Model))
    {
        Normalizer = One(parts.Normalizer, "Normalizer"),
        PreTokenizer = One(parts.PreTokenizer, "PreTokenizer"),
        PostProcessor = One(parts.PostProcessor, "PostProcessor"),
        Decoder = One(parts.Decoder, "Decoder"),
    };

    /// <summary>BPE, WordPiece, Unigram or WordLevel.</summary>
    public static string KindOf(ITokenizerModel model) => One(model, "Model")[0] is var kind && kind == "Bpe" ? "BPE" : kind;

    private static string[] One(object? part, string role) => part is null ? [] : [part.GetType().Name.Replace(role, "", StringComparison.Ordinal)];
}
