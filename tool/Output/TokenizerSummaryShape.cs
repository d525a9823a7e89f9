using Gptx.Tokenization;

namespace Gptx.Tool.Output;

/// <summary>The fields of what a tokenizer is.</summary>
internal static class TokenizerSummaryShape
{
    private static readonly RecordShape<VocabularyToken> Token = new(
        new("id", token => token.Id),
        new("token", token => token.Token),
        new("value", token => token.Value),
        new("characters", token => token.Characters));

    private static readonly RecordShape<TokenLength> Length = new(
        new("characters", length => length.Characters),
        new("count", length => length.Count));

    public static RecordShape<TokenizerSummary> Whole { get; } = new(
        new("model", summary => summary.Model),
        new("file", summary => summary.File),
        new("kind", summary => summary.Kind),
        new("options", summary => summary.Options),
        new("size", summary => summary.Size),
        new("normalizer", summary => summary.Normalizer),
        new("preTokenizer", summary => summary.PreTokenizer),
        new("postProcessor", summary => summary.PostProcessor),
        new("decoder", summary => summary.Decoder),
        new("truncation", summary => summary.Truncation),
        new("padding", summary => summary.Padding),
        new("beginWord", summary => summary.BeginWord),
        new("pieces", summary => summary.Pieces),
        new("bytes", summary => summary.Bytes),
        new("special", summary => summary.Special),
        new("specialTokens", summary => Token.List(summary.SpecialTokens)),
        new("longestTokens", summary => Token.List(summary.LongestTokens)),
        new("lengths", summary => Length.List(summary.Lengths)),
        new("characters", summary => summary.Characters),
        new("utf8Bytes", summary => summary.Utf8Bytes),
        new("tokens", summary => summary.Tokens),
        new("charactersPerToken", summary => summary.CharactersPerToken),
        new("bytesPerToken", summary => summary.BytesPerToken));
}
