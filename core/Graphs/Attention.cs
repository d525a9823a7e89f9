namespace Gptx.Graphs;

/// <summary>What an attention layer is, apart from its inputs.</summary>
/// <param name="Heads">Number of query heads.</param>
/// <param name="KeyValueHeads">Number of key and value heads; query head h reads key/value head h * KeyValueHeads / Heads.</param>
/// <param name="HeadWidth">Width of each head.</param>
/// <param name="Scale">What scores are multiplied by: 1 / sqrt(HeadWidth) as a rule.</param>
/// <param name="Causal">Whether a query sees only keys at its own and earlier positions.</param>
/// <param name="Window">
/// Causal: how many keys a query sees at most, its own counted. Else: how many it sees on each side of its own. Null where it sees all.
/// </param>
/// <param name="SoftCap">What scores are bent to stay below: cap tanh(score / cap), before the mask; null where they are not.</param>
public sealed record AttentionShape(
    int Heads,
    int KeyValueHeads,
    int HeadWidth,
    float Scale,
    bool Causal,
    int? Window = null,
    float? SoftCap = null);

/// <summary>
/// softmax(q kᵀ scale + mask) v (Vaswani et al. 2017), head by head. Output 0 is z, [batch, position, heads * head width];
/// output 1 the scores after the mask and output 2 the pattern, both [batch, head, query, key]. Where it is not causal, padding is masked:
/// a padded token is seen by itself alone. A bias is added to the scores, [1, head, query, key].
/// </summary>
public sealed record AttentionOperation(Value Query, Value Key, Value Values, AttentionShape Shape, int Layer, Value? RealTokens = null, Value? Bias = null)
    : Operation([.. ((Value?[])[Query, Key, Values, RealTokens, Bias]).OfType<Value>()]);

/// <summary>The row of a table that holds the bias of each distance from a query to a key.</summary>
/// <param name="PerDistance">The rows of the distances from -<paramref name="Most"/> to <paramref name="Most"/>.</param>
/// <param name="Most">The largest distance.</param>
public sealed record DistanceRows(IReadOnlyList<long> PerDistance, int Most);

/// <summary>What is added to scores by the distance from query to key (Raffel et al. 2020): [1, head, query, key].</summary>
public sealed record DistanceBiasOperation(Value Table, DistanceRows Rows) : Operation(Table);
