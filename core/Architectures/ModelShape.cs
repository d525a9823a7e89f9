namespace Gptx.Architectures;

/// <summary>The sizes of a transformer, whatever its config calls them.</summary>
/// <param name="Blocks">Number of blocks (layers).</param>
/// <param name="Heads">Attention heads of a block.</param>
/// <param name="KeyValueHeads">Heads of keys and values; fewer than <paramref name="Heads"/> where heads share them.</param>
/// <param name="HeadWidth">Width of one head.</param>
/// <param name="Width">Width of the residual stream.</param>
/// <param name="MlpWidth">Width inside the feed-forward layer.</param>
/// <param name="VocabularySize">Rows of the token embedding table.</param>
/// <param name="ContextLength">The tokens that the model is meant for: with learned positions, the rows of the position table.</param>
/// <param name="LearnsPositions">Whether positions are rows of a table; if not, a text may be longer than the context.</param>
public sealed record ModelShape(
    int Blocks,
    int Heads,
    int KeyValueHeads,
    int HeadWidth,
    int Width,
    int MlpWidth,
    int VocabularySize,
    int ContextLength,
    bool LearnsPositions = true)
{
    /// <summary>The most tokens that a row can have at all: the context where positions are learned, else no limit of the model's own.</summary>
    public int TokenLimit => LearnsPositions ? ContextLength : int.MaxValue;

    /// <summary>Width of the queries of all heads.</summary>
    public int QueryWidth => Heads * HeadWidth;

    /// <summary>Width of the keys, and of the values, of all heads.</summary>
    public int KeyValueWidth => KeyValueHeads * HeadWidth;
}
