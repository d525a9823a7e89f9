using System.Runtime.InteropServices;

namespace Gptx.Generation;

/// <summary>One of the tokens that were possible at a position.</summary>
/// <param name="Id">The token's id.</param>
/// <param name="LogProbability">Natural logarithm of its probability as the model has it: softmax of the logits as they came.</param>
/// <param name="ProcessedLogProbability">The same after the chain, from which the token was drawn; minus infinity where the chain forbids the token.</param>
/// <param name="Rank">1 for the model's most probable token, 2 for the next; among equals the lower id comes first.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TokenAlternative(int Id, double LogProbability, double ProcessedLogProbability, int Rank);

/// <summary>The token that was chosen, and what else might have been.</summary>
/// <param name="Token">The chosen token.</param>
/// <param name="Alternatives">The model's most probable tokens, best first, as many as were asked for; the chosen token may be among them.</param>
public sealed record SampledToken(TokenAlternative Token, IReadOnlyList<TokenAlternative> Alternatives);
