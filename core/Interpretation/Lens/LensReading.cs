namespace Gptx.Interpretation;

/// <summary>A token that a model would say at a place inside of it.</summary>
/// <param name="Rank">1 for the most probable.</param>
/// <param name="Id">The token's id.</param>
/// <param name="Token">The token's text.</param>
/// <param name="Probability">Its probability.</param>
public sealed record LensToken(int Rank, int Id, string Token, double Probability)
{
    /// <summary>The token's text.</summary>
    public override string ToString() => Token;
}

/// <summary>
/// What the residual stream between two blocks, read as if it were the last, says comes next (nostalgebraist 2020): the final norm, with its own
/// statistics of that vector, and the unembedding are put on it.
/// </summary>
/// <param name="Text">The text, or its ids.</param>
/// <param name="Index">Which text of the input, from 0.</param>
/// <param name="Layer">0 the embeddings, i what left block i - 1; the last is what the model says.</param>
/// <param name="Block">The block that it leaves, from 0; null for the embeddings.</param>
/// <param name="At">The activation that is read, for example <c>blocks.0.resid_post</c>.</param>
/// <param name="Position">Which token of the text, from 0.</param>
/// <param name="Token">The token's text.</param>
/// <param name="Id">The token's id.</param>
/// <param name="Top">The most probable next tokens.</param>
/// <param name="Entropy">Of the distribution over next tokens: nats.</param>
/// <param name="KlFinalToLens">Σ p ln (p / q), p what the model says at last, q what the lens says: nats.</param>
/// <param name="KlLensToFinal">The other way round.</param>
/// <param name="NextId">The token that comes next in the text; null at its end.</param>
/// <param name="Next">Its text.</param>
/// <param name="RankOfNext">1 + the number of tokens with a strictly greater logit.</param>
/// <param name="LogProbabilityOfNext">ln of its probability.</param>
/// <param name="NormApplied">Whether a final norm was put on it: false for models that have none.</param>
/// <param name="Model">The model's name.</param>
public sealed record LensReading(
    string Text,
    int Index,
    int Layer,
    int? Block,
    string At,
    int Position,
    string Token,
    int Id,
    IReadOnlyList<LensToken> Top,
    double Entropy,
    double KlFinalToLens,
    double KlLensToFinal,
    int? NextId,
    string? Next,
    int? RankOfNext,
    double? LogProbabilityOfNext,
    bool NormApplied,
    string Model)
{
    /// <summary>Where it is read, and the most probable token.</summary>
    public override string ToString() => $"layer {Layer} after {Token}: {(Top.Count > 0 ? Top[0].Token : "")}";
}
