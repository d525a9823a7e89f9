namespace Gptx.Graphs;

/// <summary>What an attention layer is, apart from its inputs.</summary>
/// <param name="Heads">Number of query heads.</param>
/// <param name="KeyValueHeads">Number of key and value heads; query head h reads key/value head h * KeyValueHeads / Heads.</param>
/// <param name="HeadWidth">Width of each head.</param>
/// <param name="Scale">What scores are multiplied by: 1 / sqrt(HeadWidth) as a rule.</param>
/// <param name="Causal">Whether a query sees only keys at its own and earlier positions.</param>
/// <param name="Window">How many keys a query sees at most, its own counted; null where it sees all.</param>
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
/// output 1 the scores after the mask and output 2 the pattern, both [batch, head, query, key].
/// </summary>
public sealed record AttentionOperation(Value Query, Value Key, Value Values, AttentionShape Shape, int Layer)
    : Operation(Query, Key, Values);
