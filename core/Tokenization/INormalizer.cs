namespace Gptx.Tokenization;

/// <summary>Rewrites text (case, accents, Unicode forms) before it is split.</summary>
internal interface INormalizer
{
    /// <summary>
    /// Whether letters and signs are rewritten each for itself, letters to letters and white space to white space, so that a text cut
    /// at a border of words and rewritten part by part is the text rewritten as a whole.
    /// </summary>
    bool IsLocal => false;

    AlignedText Normalize(AlignedText text);
}
