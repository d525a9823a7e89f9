namespace Gptx.Interpretation;

/// <summary>What one head looks at, in numbers. p[q, k] is the share of query q's attention that goes to key k, T the number of tokens.</summary>
/// <param name="Text">The text, or its ids.</param>
/// <param name="Index">Which text of the input, from 0.</param>
/// <param name="Block">Which block, from 0.</param>
/// <param name="Head">Which head of the block, from 0.</param>
/// <param name="Entropy">The mean over all queries of -Σ p ln p: nats. 0 looks at one token, ln T at all alike.</param>
/// <param name="MeanDistance">The mean over all queries of Σ p |q - k|: tokens.</param>
/// <param name="FirstToken">The mean of p[q, 0] over q from 1 on; null of a single token.</param>
/// <param name="PreviousToken">The mean of p[q, q - 1] over q from 1 on; null of a single token.</param>
/// <param name="Self">The mean of p[q, q].</param>
/// <param name="Induction">
/// On a row of m tokens that comes twice, the mean of p[q, q - m + 1] over the second time: attention to the token after the earlier occurrence
/// (Olsson et al. 2022). Null where nothing was repeated.
/// </param>
/// <param name="DuplicateToken">There too, the mean of p[q, q - m]: attention to the earlier occurrence.</param>
/// <param name="InductionOn">What the last two were measured on: <c>text</c> where the text itself is a row twice, <c>random</c>, or null.</param>
/// <param name="Model">The model's name.</param>
public sealed record HeadStatistics(
    string Text,
    int Index,
    int Block,
    int Head,
    double Entropy,
    double MeanDistance,
    double? FirstToken,
    double? PreviousToken,
    double Self,
    double? Induction,
    double? DuplicateToken,
    string? InductionOn,
    string Model)
{
    /// <summary>Which head, and the text.</summary>
    public override string ToString() => $"block {Block}, head {Head}: {Text}";
}
