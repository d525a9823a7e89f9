namespace Gptx.Inference.Comparison;

/// <summary>How far one model is from another, over texts. Natural logarithms: nats.</summary>
/// <param name="ModelA">The name of the first model, against which the second is measured.</param>
/// <param name="ModelB">The name of the second.</param>
/// <param name="PrecisionA">What the first's weights were rounded to: auto (as its file has them), fp32, fp16, bf16, int8 or int4.</param>
/// <param name="PrecisionB">What the second's were rounded to.</param>
/// <param name="ComputeA">What the first's quantized weights are multiplied by: float32 or int8.</param>
/// <param name="ComputeB">What the second's are multiplied by.</param>
/// <param name="Tokens">Tokens of all texts; after each the two models' answers were compared.</param>
/// <param name="PerplexityA">e to the mean surprisal of the texts' tokens under the first; null unless both say what comes next.</param>
/// <param name="PerplexityB">The same under the second.</param>
/// <param name="MeanDivergence">The mean over tokens of the Kullback-Leibler divergence from the first's distribution P to the second's Q, sum of P ln(P / Q); null without a head that gives a distribution.</param>
/// <param name="MaxDivergence">The largest.</param>
/// <param name="TopAgreement">The share of tokens after which both hold the same for the most probable, 0 to 1.</param>
/// <param name="MeanLogProbabilityError">The mean of |ln P - ln Q| over tokens and all entries of the vocabulary.</param>
/// <param name="MaxLogProbabilityError">The largest.</param>
/// <param name="MeanCosine">The mean over tokens of the cosine of the last hidden states; null where they cannot be had of both, or differ in width.</param>
/// <param name="MinCosine">The smallest.</param>
/// <param name="Texts">The same, a row a text.</param>
public sealed record ModelComparison(
    string ModelA,
    string ModelB,
    string PrecisionA,
    string PrecisionB,
    string ComputeA,
    string ComputeB,
    int Tokens,
    double? PerplexityA,
    double? PerplexityB,
    double? MeanDivergence,
    double? MaxDivergence,
    double? TopAgreement,
    double? MeanLogProbabilityError,
    double? MaxLogProbabilityError,
    double? MeanCosine,
    double? MinCosine,
    IReadOnlyList<TextComparison> Texts)
{
    /// <summary>Both models and how far they are apart.</summary>
    public override string ToString() => FormattableString.Invariant($"{ModelA}, {ModelB}: {(MeanDivergence is { } divergence ? $"divergence {divergence:g3}" : $"cosine {MeanCosine:g6}")}");
}

/// <summary>How far two models are apart on one text; the members mean what they mean in <see cref="ModelComparison"/>.</summary>
/// <param name="Index">Which text, from 0.</param>
/// <param name="Text">The text, or its ids.</param>
/// <param name="Tokens">Its tokens.</param>
/// <param name="PerplexityA">Perplexity under the first model.</param>
/// <param name="PerplexityB">Perplexity under the second.</param>
/// <param name="MeanDivergence">Mean Kullback-Leibler divergence.</param>
/// <param name="MaxDivergence">The largest.</param>
/// <param name="TopAgreement">Share of tokens after which both hold the same for the most probable.</param>
/// <param name="MeanCosine">Mean cosine of the last hidden states.</param>
public sealed record TextComparison(
    int Index,
    string Text,
    int Tokens,
    double? PerplexityA,
    double? PerplexityB,
    double? MeanDivergence,
    double? MaxDivergence,
    double? TopAgreement,
    double? MeanCosine)
{
    /// <summary>The text.</summary>
    public override string ToString() => Text;
}
