using Gptx.Inference;
using Gptx.Tokenization;

namespace Gptx.Prediction;

/// <summary>A text, or two, as an encoder reads them.</summary>
/// <param name="Ids">The ids of the tokens.</param>
/// <param name="Types">Which of the two texts each belongs to, as the tokenizer's template says.</param>
/// <param name="Sequences">0 and 1 for tokens of the texts, null for those that the template put in.</param>
/// <param name="Offsets">Where each lies in its own text.</param>
internal sealed record TextPair(IReadOnlyList<int> Ids, IReadOnlyList<int> Types, IReadOnlyList<int?> Sequences, IReadOnlyList<TextRange> Offsets)
{
    /// <summary>A text, or given ids, alone or before another text.</summary>
    /// <exception cref="GptxException"><c>TextMissing</c>: ids were given where a second text is to stand behind.</exception>
    public static TextPair Of(LanguageModel model, TokenSequence text, string? pair)
    {
        if (pair is null)
        {
            return new TextPair(text.Ids, [.. text.Ids.Select(_ => 0)], [.. text.Tokens.Select(token => token.IsSpecial ? (int?)null : 0)], [.. text.Tokens.Select(token => new TextRange(token.Start, token.Start + token.Length))]);
        }

        return text.Text is { } first ? Of(model, first, pair) : throw new GptxException(
            GptxErrorKind.InvalidInput, "TextMissing", "token ids cannot stand before another text: give the text itself");
    }

    /// <summary>Two texts; nothing is cut.</summary>
    public static TextPair Of(LanguageModel model, string first, string second)
    {
        var encoded = model.RequireTokenizer().Encode(new EncodeRequest(first) { Pair = second, Truncate = false, Pad = false });
        return encoded.Ids.Count > 0 ? new TextPair(encoded.Ids, encoded.TypeIds, encoded.SequenceIds, encoded.Offsets) : throw new GptxException(
            GptxErrorKind.InvalidInput, "TextEmpty", "the text is empty: a model needs at least one token");
    }
}
