namespace Gptx.Graphs;

/// <summary>One step of a forward pass, said in the words of the equations; <see cref="Lowering"/> decides which ONNX operators do it.</summary>
/// <param name="Inputs">What it reads, in order.</param>
public abstract record Operation(params IReadOnlyList<Value> Inputs);

/// <summary>The token ids of each row, [batch, position], their positions, which are real, or to which text they belong.</summary>
/// <param name="Name">Name of the graph input, for example <see cref="Graph.TokenIds"/>.</param>
public sealed record InputOperation(string Name) : Operation;

/// <summary>Positions counted over the tokens that are no padding token (Liu et al. 2019, RoBERTa).</summary>
public sealed record CountedPositionsOperation(Value Tokens, int PaddingToken) : Operation(Tokens);

/// <summary>A tensor of the checkpoint.</summary>
/// <param name="Name">Its name in the checkpoint.</param>
/// <param name="Shape">Its shape as stored.</param>
public sealed record WeightOperation(string Name, IReadOnlyList<long> Shape) : Operation;

/// <summary>Rows of a table [entries, width], one for each id: row id + <paramref name="FirstRow"/>.</summary>
public sealed record EmbeddingOperation(Value Ids, Value Table, int FirstRow) : Operation(Ids, Table);

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

/// <summary>
/// y = (x - mean) / sqrt(variance + epsilon) * scale + bias over the last dimension (Ba, Kiros and Hinton 2016), or over each of <paramref name="Groups"/>
/// equal parts of it; without scale 1, without bias 0.
/// </summary>
public sealed record LayerNormOperation(Value X, Value? Scale, Value? Bias, float Epsilon, int Groups)
    : Operation([.. ((Value?[])[X, Scale, Bias]).OfType<Value>()]);

/// <summary>
/// y = x / sqrt(mean of squares + epsilon) * (scale + offset) over the last dimension (Zhang and Sennrich 2019), or over each of <paramref name="Groups"/>
/// equal parts of it.
/// </summary>
public sealed record RmsNormOperation(Value X, Value Scale, float Epsilon, float Offset, int Groups) : Operation(X, Scale);

/// <summary>The elementwise sum of two values of one shape.</summary>
public sealed record AddOperation(Value Left, Value Right) : Operation(Left, Right);

/// <summary>The elementwise product of two values of one shape.</summary>
public sealed record MultiplyOperation(Value Left, Value Right) : Operation(Left, Right);

/// <summary>Every number times a constant.</summary>
public sealed record ScaleOperation(Value X, float Factor) : Operation(X);

/// <summary>cap tanh(x / cap): numbers are bent so that none is larger than the cap.</summary>
public sealed record SoftCapOperation(Value X, float Cap) : Operation(X);

/// <summary>Numbers beyond -limit and limit are set to these.</summary>
public sealed record ClipOperation(Value X, float Limit) : Operation(X);

/// <summary>Values side by side along the last dimension.</summary>
public sealed record ConcatOperation(IReadOnlyList<Value> Parts) : Operation(Parts);

/// <summary>A rotary position embedding over heads: the first numbers of each head are turned, the others pass.</summary>
public sealed record RotaryOperation(Value X, Value Positions, RotaryEmbedding Rotary, int Heads) : Operation(X, Positions);

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

    /// <summary>x sigmoid(1.702 x).</summary>
    QuickGelu,

    /// <summary>max(0, x)².</summary>
    SquaredRelu,

    /// <summary>min(max(0, x), 6).</summary>
    Relu6,

    /// <summary>1 / (1 + exp(-x)).</summary>
    Sigmoid,

    /// <summary>x where it is positive, else 0.01 x.</summary>
    LeakyRelu,

    /// <summary>x tanh(ln(1 + exp(x))).</summary>
    Mish,

    /// <summary><see cref="Gelu"/> cut off at -10 and 10.</summary>
    ClippedGelu,

    /// <summary>(1 + erf((x - 0.707107) / (0.282095 sqrt(2)))) / 2 (Ma et al. 2022, MEGA).</summary>
    Laplace,

    /// <summary>x.</summary>
    Identity,
}

/// <summary>A nonlinearity, elementwise.</summary>
public sealed record ActivationOperation(Value X, ActivationFunction Function) : Operation(X);

/// <summary>Cuts the last dimension, or each of <paramref name="Groups"/> equal parts of it, into pieces of given widths; the pieces of all parts lie side by side.</summary>
public sealed record SplitOperation(Value X, IReadOnlyList<int> Widths, int Groups) : Operation(X);

/// <summary>The first token of each text, which stands for the whole of it.</summary>
public sealed record FirstTokenOperation(Value X) : Operation(X);

/// <summary>The mean over the real tokens of each text.</summary>
public sealed record MeanTokenOperation(Value X, Value RealTokens) : Operation(X, RealTokens);

/// <summary>The rows that go on to the unembedding: every token in a trace, only the last of each row when text is generated.</summary>
public sealed record OutputRowsOperation(Value X) : Operation(X);
