using System.Globalization;
using Gptx.Activations;

namespace Gptx.Interpretation;

/// <summary>How a part is taken out of a model.</summary>
public enum AblationMethod
{
    /// <summary>What it gives is replaced by 0.</summary>
    Zero,

    /// <summary>What it gives is replaced by its mean over all texts and positions: what it says whatever it reads stays.</summary>
    Mean,
}

/// <summary>A part that can be taken out: a head (what it gathers), or a feed-forward layer (what it adds).</summary>
/// <param name="Block">Its block, from 0.</param>
/// <param name="Head">The head, from 0; null for the block's feed-forward layer.</param>
public sealed record AblationSite(int Block, int? Head)
{
    /// <summary>The activation that is changed.</summary>
    public string Activation => Head is null ? ActivationName.MlpOut(Block) : ActivationName.Z(Block);

    /// <summary>Puts a vector, as wide as the part, in place of what it gives, in every row or in one.</summary>
    public Intervention With(ReadOnlyMemory<float> values, int? row = null) => Intervention.Set(Activation, values) with { Head = Head, Row = row };

    /// <summary>The part's name, for example <c>block 0 head 3</c>.</summary>
    public override string ToString() => Head is { } head ? $"block {Block} head {head}" : $"block {Block} feed-forward";
}

/// <summary>What a model loses without one of its parts.</summary>
/// <param name="Block">The part's block, from 0.</param>
/// <param name="Head">The head, from 0; null for the block's feed-forward layer.</param>
/// <param name="Method">What was put in its place.</param>
/// <param name="Loss">The mean surprisal of each next token without it: nats.</param>
/// <param name="LossBefore">The same of the whole model.</param>
/// <param name="KlDivergence">The mean over all positions of Σ p ln (p / q), p the whole model, q the model without it: nats.</param>
/// <param name="Texts">How many texts were read.</param>
/// <param name="TokensCounted">How many next tokens there were.</param>
/// <param name="Model">The model's name.</param>
public sealed record AblationEffect(
    int Block, int? Head, AblationMethod Method, double? Loss, double? LossBefore, double KlDivergence, int Texts, int TokensCounted, string Model)
{
    /// <summary>The part, and how much worse the model is without it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{new AblationSite(Block, Head)}: {Increase:0.0000} nats");

    /// <summary>How much worse it predicts: nats a token; below 0 it predicts better.</summary>
    public double? Increase => Loss - LossBefore;
}
