namespace Gptx.Architectures;

/// <summary>The sizes of a transformer, whatever its config calls them.</summary>
/// <param name="Blocks">Number of blocks (layers).</param>
/// <param name="Heads">Attention heads of a block.</param>
/// <param name="KeyValueHeads">Heads of keys and values; fewer than <paramref name="Heads"/> where heads share them.</param>
/// <param name="HeadWidth">Width of one head.</param>
/// <param name="Width">Width of the residual stream.</param>
/// <param name="MlpWidth">Width inside the feed-forward layer.</param>
/// <param name="VocabularySize">Rows of the token embedding table.</param>
/// <param name="ContextLength">The most tokens a row may have: with learned positions, the rows of the position table.</param>
public sealed record ModelShape(
    int Blocks,
    int Heads,
    int KeyValueHeads,
    int HeadWidth,
    int Width,
    int MlpWidth,
    int VocabularySize,
    int ContextLength);
