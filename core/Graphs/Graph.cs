namespace Gptx.Graphs;

/// <summary>How a named activation is handed out.</summary>
public enum ActivationForm
{
    /// <summary>[batch, position, width].</summary>
    Tokens,

    /// <summary>[batch, position, head, head width].</summary>
    Heads,

    /// <summary>[batch, head, query, key].</summary>
    Attention,

    /// <summary>[batch, width]: one row for a whole text.</summary>
    Texts,
}

/// <summary>A value with the name under which it can be asked for.</summary>
/// <param name="Name">The activation's name, for example <c>blocks.0.attn.pattern</c>.</param>
/// <param name="Value">The value.</param>
/// <param name="Form">The shape in which it is handed out.</param>
/// <param name="Heads">Number of heads, where the form has them; else 0.</param>
public sealed record NamedValue(string Name, Value Value, ActivationForm Form, int Heads);

/// <summary>
/// A forward pass, written once per architecture in the words of its equations. It says what is computed and gives inner values their
/// names; it says nothing of operators, memory, caches or devices. Operations are kept in the order in which they were written, so each
/// comes after those it reads.
/// </summary>
public sealed class Graph
{
    /// <summary>Name of the input that holds token ids.</summary>
    public const string TokenIds = "input_ids";

    /// <summary>Name of the input that holds positions.</summary>
    public const string PositionIds = "position_ids";

    /// <summary>Name of the input that says which tokens are real (1) and which are padding (0).</summary>
    public const string AttentionMask = "attention_mask";

    /// <summary>Name of the input that says to which of two texts a token belongs.</summary>
    public const string TokenTypeIds = "token_type_ids";

    private readonly List<Operation> _operations = [];
    private readonly Dictionary<string, Value> _weights = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NamedValue> _named = new(StringComparer.Ordinal);
    private readonly List<NamedValue> _namedInOrder = [];
    private readonly List<AttentionOperation> _attentions = [];
    private Value? _positions;
    private Value? _realTokens;

    /// <summary>All operations; each comes after those it reads.</summary>
    public IReadOnlyList<Operation> Operations => _operations;

    /// <summary>The named activations, in the order in which the forward pass makes them.</summary>
    public IReadOnlyList<NamedValue> Activations => _namedInOrder;

    /// <summary>The attention layers in order: what a key/value cache is made for.</summary>
    public IReadOnlyList<AttentionOperation> Attentions => _attentions;

    /// <summary>Whether no token sees a later one: a decoder, which can keep keys and values of earlier tokens.</summary>
    public bool IsCausal => _attentions.Count > 0 && _attentions.TrueForAll(attention => attention.Shape.Causal);

    /// <summary>The number of tokens past which keys made before no longer fit those made after; null where there is none such.</summary>
    public int? KeysHoldUpTo => _operations.OfType<RotaryOperation>().Select(rotary => rotary.Rotary.Frequencies.KeysHoldUpTo).Min();

    /// <summary>The named activation, or null if the forward pass has none of that name.</summary>
    public NamedValue? Find(string name) => _named.GetValueOrDefault(name);

    /// <summary>Token ids, [batch, position].</summary>
    public Value Tokens() => Append(new InputOperation(TokenIds), 1);

    /// <summary>Positions of the tokens, [batch, position]; asked for again it is the same value.</summary>
    public Value Positions() => _positions ??= Append(new InputOperation(PositionIds), 1);

    /// <summary>Positions counted over the tokens that are no padding token, from the row after its own: [batch, position]. A padding token has its own row.</summary>
    public Value CountedPositions(Value tokens, int paddingToken) => Append(new CountedPositionsOperation(tokens, paddingToken), 1);

    /// <summary>Which of two texts each token belongs to, [batch, position].</summary>
    public Value TokenTypes() => Append(new InputOperation(TokenTypeIds), 1);

    /// <summary>A tensor of the checkpoint; asked for twice it is the same value (tied weights).</summary>
    public Value Weight(string name, params IReadOnlyList<long> shape)
    {
        if (!_weights.TryGetValue(name, out var value))
        {
            value = Append(new WeightOperation(name, shape), shape.Count == 0 ? 1 : (int)shape[^1]);
            _weights.Add(name, value);
        }

        return value;
    }

    /// <summary>The rows of a table [entries, width] that the ids name, counted from <paramref name="firstRow"/>: [batch, position, width].</summary>
    public Value Embedding(Value ids, Value table, int firstRow = 0) => Append(new EmbeddingOperation(ids, table, firstRow), table.Width);

    /// <summary>x W + b: [batch, position, in] to [batch, position, out].</summary>
    public Value Linear(Value x, Value weight, Value? bias, WeightLayout layout)
    {
        var shape = ((WeightOperation)weight.Producer).Shape;
        var (input, output) = layout == WeightLayout.InOut ? (shape[0], shape[1]) : (shape[1], shape[0]);
        if (input != x.Width)
        {
            throw new ArgumentException($"a matrix that reads {input} numbers cannot follow a value of {x.Width}", nameof(weight));
        }

        return Append(new LinearOperation(x, weight, bias, layout), (int)output);
    }

    /// <summary>Layer normalisation over the last dimension, or over each of so many equal parts of it (heads).</summary>
    public Value LayerNorm(Value x, Value? scale, Value? bias, float epsilon, int groups = 1) =>
        Append(new LayerNormOperation(x, scale, bias, epsilon, groups), x.Width);

    /// <summary>Normalisation by the root of the mean square; the offset is added to the scale (Gemma: 1).</summary>
    public Value RmsNorm(Value x, Value scale, float epsilon, float offset = 0, int groups = 1) =>
        Append(new RmsNormOperation(x, scale, epsilon, offset, groups), x.Width);

    /// <summary>left + right.</summary>
    public Value Add(Value left, Value right) => Append(new AddOperation(left, right), left.Width);

    /// <summary>left * right, number by number.</summary>
    public Value Multiply(Value left, Value right) => Append(new MultiplyOperation(left, right), left.Width);

    /// <summary>x times a constant; x itself where that is 1.</summary>
    public Value Scale(Value x, float factor) => factor == 1 ? x : Append(new ScaleOperation(x, factor), x.Width);

    /// <summary>cap tanh(x / cap); x itself where there is no cap.</summary>
    public Value SoftCap(Value x, float? cap) => cap is { } limit ? Append(new SoftCapOperation(x, limit), x.Width) : x;

    /// <summary>x between -limit and limit; x itself where there is no limit.</summary>
    public Value Clip(Value x, float? limit) => limit is { } most ? Append(new ClipOperation(x, most), x.Width) : x;

    /// <summary>Values side by side along the last dimension.</summary>
    public Value Concat(params IReadOnlyList<Value> parts) => Append(new ConcatOperation(parts), parts.Sum(part => part.Width));

    /// <summary>Turns the first numbers of each head by angles that grow with the position.</summary>
    public Value Rotate(Value x, RotaryEmbedding rotary, int heads) => Append(new RotaryOperation(x, Positions(), rotary, heads), x.Width);

    /// <summary>A nonlinearity, elementwise.</summary>
    public Value Activation(Value x, ActivationFunction function) => Append(new ActivationOperation(x, function), x.Width);

    /// <summary>Cuts the last dimension into parts of the given widths.</summary>
    public IReadOnlyList<Value> Split(Value x, params IReadOnlyList<int> widths) => SplitGroups(x, 1, widths);

    /// <summary>Cuts each of so many equal parts (heads) of the last dimension into pieces of the given widths; a piece's width is then that of all parts.</summary>
    public IReadOnlyList<Value> SplitGroups(Value x, int groups, params IReadOnlyList<int> widths)
    {
        var operation = new SplitOperation(x, widths, groups);
        _operations.Add(operation);
        return [.. widths.Select((width, part) => new Value(operation, width * groups, part))];
    }

    /// <summary>Attention over all heads; names <c>{name}.scores</c>, <c>{name}.pattern</c> and <c>{name}.z</c>, and returns z.</summary>
    public Value Attention(Value query, Value key, Value value, AttentionShape shape, string name, Value? bias = null)
    {
        var operation = new AttentionOperation(query, key, value, shape, _attentions.Count, shape.Causal ? null : RealTokens(), bias);
        _operations.Add(operation);
        _attentions.Add(operation);
        AddName(new NamedValue(name + ".scores", new Value(operation, 0, 1), ActivationForm.Attention, shape.Heads));
        AddName(new NamedValue(name + ".pattern", new Value(operation, 0, 2), ActivationForm.Attention, shape.Heads));
        var z = new Value(operation, shape.Heads * shape.HeadWidth);
        return Name(name + ".z", z, shape.Heads);
    }

    /// <summary>What is added to the scores of each pair of tokens by their distance, from a table [rows, heads]; the row of each distance is given.</summary>
    public Value DistanceBias(Value table, DistanceRows rows) => Append(new DistanceBiasOperation(table, rows), table.Width);

    /// <summary>The first token of each text: [batch, width].</summary>
    public Value FirstToken(Value x) => Append(new FirstTokenOperation(x), x.Width);

    /// <summary>The mean over each text's tokens, padding left out: [batch, width].</summary>
    public Value MeanToken(Value x) => Append(new MeanTokenOperation(x, RealTokens()), x.Width);

    /// <summary>The rows whose logits are wanted: all in a trace, the last of each row when text is generated.</summary>
    public Value OutputRows(Value x) => Append(new OutputRowsOperation(x), x.Width);

    /// <summary>Gives a value the name under which it can be asked for, as [batch, position, width]; returns the value.</summary>
    public Value Name(string name, Value value)
    {
        AddName(new NamedValue(name, value, ActivationForm.Tokens, 0));
        return value;
    }

    /// <summary>Gives a value the name under which it can be asked for, as [batch, position, head, head width]; returns the value.</summary>
    public Value Name(string name, Value value, int heads)
    {
        AddName(new NamedValue(name, value, ActivationForm.Heads, heads));
        return value;
    }

    /// <summary>Gives a value that belongs to whole texts the name under which it can be asked for, as [batch, width]; returns the value.</summary>
    public Value NameText(string name, Value value)
    {
        AddName(new NamedValue(name, value, ActivationForm.Texts, 0));
        return value;
    }

    private Value RealTokens() => _realTokens ??= Append(new InputOperation(AttentionMask), 1);

    private void AddName(NamedValue named)
    {
        _named.Add(named.Name, named);
        _namedInOrder.Add(named);
    }

    private Value Append(Operation operation, int width)
    {
        _operations.Add(operation);
        return new Value(operation, width);
    }
}
