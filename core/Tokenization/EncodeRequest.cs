namespace Gptx.Tokenization;

/// <summary>A text, or a pair of texts, to encode with everything that the tokenizer's file says: template, truncation and padding.</summary>
/// <param name="Text">The text; empty is allowed.</param>
public sealed record EncodeRequest(string Text)
{
    /// <summary>A second text, for models that read two (question and context); none by default.</summary>
    public string? Pair { get; init; }

    /// <summary>Whether the template's tokens (such as <c>[CLS]</c>) are put in. On by default: models were trained with them.</summary>
    public bool AddSpecialTokens { get; init; } = true;

    /// <summary>
    /// Whether the text of a special token is encoded as plain text. Off by default, as the reference does; turn it on for text that
    /// is not trusted, which could otherwise smuggle in a control token.
    /// </summary>
    public bool EncodeSpecialTokens { get; init; }

    /// <summary>Whether the file's truncation applies. On by default; what is cut off is in <see cref="EncodedText.Overflowing"/>.</summary>
    public bool Truncate { get; init; } = true;

    /// <summary>Whether the file's padding applies. On by default.</summary>
    public bool Pad { get; init; } = true;
}
