namespace Gptx.Graphs;

/// <summary>One step of a forward pass, said in the words of the equations; <see cref="Lowering"/> decides which ONNX operators do it.</summary>
/// <param name="Inputs">What it reads, in order.</param>
public abstract record Operation(params IReadOnlyList<Value> Inputs);

/// <summary>The token ids of each row, [batch, position], or their positions.</summary>
/// <param name="Name">Name of the graph input: <see cref="Graph.TokenIds"/> or <see cref="Graph.PositionIds"/>.</param>
public sealed record InputOperation(string Name) : Operation;

/// <summary>A tensor of the checkpoint.</summary>
/// <param name="Name">Its name in the checkpoint.</param>
/// <param name="Shape">Its shape as stored.</param>
public sealed record WeightOperation(string Name, IReadOnlyList<long> Shape) : Operation;

/// <summary>Rows of a table [entries, width], one for each id.</summary>
public sealed record EmbeddingOperation(Value Ids, Value Table) : Operation(Ids, Table);

/// <summary>How a weight matrix lies in the checkpoint.</summary>
public enum WeightLayout
{
    /// <summary>[in, out]: y = x W + b, as GPT-2's Conv1D stores it.</summary>
    InOut,

    /// <summary>[out, in]: y = x Wᵀ + b, as torch's Linear stores it.</summary>
    OutIn,
}

/// <summary>y = x W + b over the last dimension.</summary>
public sealed record LinearOperation(Value X, Value Weight, Value? Bias, WeightLayout Layout)
    : Operation(Bias is null ? [X, Weight] : [X, Weight, Bias]);

/// <summary>y = (x - mean) / sqrt(variance + epsilon) * scale + bias over the last dimension (Ba, Kiros and Hinton 2016).</summary>
public sealed record LayerNormOperation(Value X, Value Scale, Value Bias, float Epsilon) : Operation(X, Scale, Bias);

/// <summary>The elementwise sum of two values of one shape.</summary>
public sealed record AddOperation(Value Left, Value Right) : Operation(Left, Right);

/// <summary>The nonlinearities that feed-forward layers use, by their names in config.json.</summary>
public enum ActivationFunction
{
    /// <summary>x Φ(x), with the error function.</summary>
    Gelu,

    /// <summary>0.5 x (1 + tanh(sqrt(2/π) (x + 0.044715 x³))): <c>gelu_new</c> and <c>gelu_pytorch_tanh</c>.</summary>
    GeluTanh,

    /// <summary>max(0, x).</summary>
    Relu,

    /// <summary>x sigmoid(x), also called swish.</summary>
    Silu,

    /// <summary>tanh(x).</summary>
    Tanh,
}

/// <summary>A nonlinearity, elementwise.</summary>
public sealed record ActivationOperation(Value X, ActivationFunction Function) : Operation(X);

/// <summary>Cuts the last dimension into parts of given widths.</summary>
public sealed record SplitOperation(Value X, IReadOnlyList<int> Widths) : Operation(X);

/// <summary>What an attention layer is, apart from its inputs.</summary>
/// <param name="Heads">Number of query heads.</param>
/// <param name="KeyValueHeads">Number of key and value heads; query head h reads key/value head h * KeyValueHeads / Heads.</param>
/// <param name="HeadWidth">Width of each head.</param>
/// <param name="Scale">What scores are multiplied by: 1 / sqrt(HeadWidth) as a rule.</param>
/// <param name="Causal">Whether a query sees only keys at its own and earlier positions.</param>
public sealed record AttentionShape(int Heads, int KeyValueHeads, int HeadWidth, float Scale, bool Causal);

/// <summary>
/// softmax(q kᵀ scale + mask) v (Vaswani et al. 2017), head by head. Output 0 is z, [batch, position, heads * head width];
/// output 1 the scores after the mask and output 2 the pattern, both [batch, head, query, key].
/// </summary>
public sealed record AttentionOperation(Value Query, Value Key, Value Values, AttentionShape Shape, int Layer)
    : Operation(Query, Key, Values);

/// <summary>The rows that go on to the unembedding: every token in a trace, only the last of each row when text is generated.</summary>
public sealed record OutputRowsOperation(Value X) : Operation(X);
