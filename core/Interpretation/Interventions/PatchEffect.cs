using System.Globalization;

namespace Gptx.Interpretation;

/// <summary>What is taken over from the other run.</summary>
public enum PatchKind
{
    /// <summary>The residual stream where it enters a block, at one position.</summary>
    Residual,

    /// <summary>What a block's attention adds, at one position.</summary>
    Attention,

    /// <summary>What a block's feed-forward layer adds, at one position.</summary>
    FeedForward,

    /// <summary>What one head gathers, at all positions.</summary>
    Head,
}

/// <summary>
/// What one part does to the difference between two texts (activation patching, Meng et al. 2022; Heimersheim and Nanda 2024): the model reads the
/// corrupted text, but at one place it has what it had there when it read the clean one.
/// </summary>
/// <param name="Kind">What was taken over.</param>
/// <param name="Block">Its block, from 0.</param>
/// <param name="Position">Its position, from 0; null for heads, which are taken over at all.</param>
/// <param name="Head">The head, from 0; null for the others.</param>
/// <param name="Token">The token of the corrupted text there.</param>
/// <param name="Metric">logit[target] - logit[against] after the last token.</param>
/// <param name="Normalized">(Metric - corrupted) / (clean - corrupted): 0 changes nothing, 1 makes up for all. Null where both texts give the same.</param>
/// <param name="CleanMetric">The metric of the clean text.</param>
/// <param name="CorruptedMetric">The metric of the corrupted text.</param>
/// <param name="TargetId">The token whose logit it is.</param>
/// <param name="Target">Its text.</param>
/// <param name="AgainstId">The token whose logit is subtracted.</param>
/// <param name="Against">Its text.</param>
/// <param name="Model">The model's name.</param>
public sealed record PatchEffect(
    PatchKind Kind,
    int Block,
    int? Position,
    int? Head,
    string? Token,
    double Metric,
    double? Normalized,
    double CleanMetric,
    double CorruptedMetric,
    int TargetId,
    string Target,
    int AgainstId,
    string Against,
    string Model)
{
    /// <summary>The place, and the metric.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Kind} of block {Block}{(Head is null ? $" at {Position}" : $" head {Head}")}: {Metric:0.0000}");
}

/// <summary>What is patched, and what is looked at.</summary>
public sealed record PatchOptions
{
    /// <summary>What is taken over. Default: the residual stream and heads, as most studies begin.</summary>
    public IReadOnlyList<PatchKind> Kinds { get; init; } = [PatchKind.Residual, PatchKind.Head];

    /// <summary>The token whose logit is looked at. Null (the default): that whose logit the corruption lowers most.</summary>
    public int? Target { get; init; }

    /// <summary>The token whose logit is subtracted. Null (the default): that whose logit the corruption raises most.</summary>
    public int? Against { get; init; }

    /// <summary>The blocks; none (the default) means all.</summary>
    public IReadOnlyList<int> Blocks { get; init; } = [];
}
