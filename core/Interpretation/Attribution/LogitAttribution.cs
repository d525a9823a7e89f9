using System.Globalization;

namespace Gptx.Interpretation;

/// <summary>What kind of part of a logit it is.</summary>
public enum LogitPartKind
{
    /// <summary>The token's embedding.</summary>
    Embedding,

    /// <summary>The embedding of the position.</summary>
    PositionEmbedding,

    /// <summary>All that a block's attention adds: its heads and their bias.</summary>
    Attention,

    /// <summary>What one head adds: a part of its block's attention, not one beside it.</summary>
    Head,

    /// <summary>What the bias of a block's output projection adds: a part of its attention too.</summary>
    AttentionBias,

    /// <summary>What a block's feed-forward layer adds.</summary>
    FeedForward,

    /// <summary>The bias of the final norm.</summary>
    NormBias,

    /// <summary>The biases of matrices behind the residual stream, the unembedding's among them.</summary>
    UnembeddingBias,
}

/// <summary>One part of a logit difference.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Block">Its block, from 0; null where it belongs to none.</param>
/// <param name="Head">Its head, from 0; null where it is of all.</param>
/// <param name="Contribution">How much of the difference it is.</param>
public sealed record LogitPart(LogitPartKind Kind, int? Block, int? Head, double Contribution)
{
    /// <summary>What it is, and how much.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Kind}{(Block is null ? "" : $" of block {Block}")}{(Head is null ? "" : $" head {Head}")}: {Contribution:0.0000}");

    /// <summary>Whether it is counted in another part already: heads and their bias are counted in their block's attention.</summary>
    public bool IsWithinAttention => Kind is LogitPartKind.Head or LogitPartKind.AttentionBias;
}

/// <summary>
/// Direct logit attribution: of what parts the logit of one token, or how much it is above that of another, is the sum. The scale of the final norm is
/// held at what it is for the whole, so that parts add up (Elhage et al. 2021; TransformerLens' <c>logit_attrs</c>).
/// </summary>
/// <param name="Text">The text, or its ids.</param>
/// <param name="Index">Which text of the input, from 0.</param>
/// <param name="Position">The position whose next token is looked at, from 0.</param>
/// <param name="TargetId">The token whose logit it is.</param>
/// <param name="Target">Its text.</param>
/// <param name="AgainstId">The token whose logit is subtracted; null for none.</param>
/// <param name="Against">Its text; null for none.</param>
/// <param name="LogitDifference">The difference as the model gives it: before the cap, where it caps logits.</param>
/// <param name="NormScale">What the final norm divides by; null where the model has none.</param>
/// <param name="SoftCap">The cap that the model puts on logits afterwards; null where it has none.</param>
/// <param name="Parts">The parts, in the order of the forward pass. Those that are not within attention sum to the difference.</param>
/// <param name="Model">The model's name.</param>
public sealed record LogitAttribution(
    string Text,
    int Index,
    int Position,
    int TargetId,
    string Target,
    int? AgainstId,
    string? Against,
    double LogitDifference,
    double? NormScale,
    double? SoftCap,
    IReadOnlyList<LogitPart> Parts,
    string Model)
{
    /// <summary>The tokens, and the difference.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Target}{(Against is null ? "" : $" against {Against}")}: {LogitDifference:0.0000}");

    /// <summary>The sum of the parts: the difference, but for rounding.</summary>
    public double Sum => Parts.Where(part => !part.IsWithinAttention).Sum(part => part.Contribution);
}

/// <summary>Of which logit, and where.</summary>
public sealed record AttributionOptions
{
    /// <summary>The token whose logit is looked at; null (the default) means the most probable one.</summary>
    public int? Target { get; init; }

    /// <summary>The token whose logit is subtracted. Null with no target: the second most probable one, since what the two share is of no interest; null with a target: none.</summary>
    public int? Against { get; init; }

    /// <summary>The position whose next token is looked at, negative ones from the end. Default -1, the last.</summary>
    public int Position { get; init; } = -1;
}
