namespace Gptx.Tokenization;

/// <summary>Rewrites text (case, accents, Unicode forms) before it is split.</summary>
internal interface INormalizer
{
    AlignedText Normalize(AlignedText text);
}
