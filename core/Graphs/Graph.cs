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

    private readonly List<Operation> _operations = [];
    private readonly Dictionary<string, Value> _weights = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NamedValue> _named = new(StringComparer.Ordinal);
    private readonly List<NamedValue> _namedInOrder = [];
    private readonly List<AttentionOperation> _attentions = [];

    /// <summary>All operations; each comes after those it reads.</summary>
    public IReadOnlyList<Operation> Operations => _operations;

    /// <summary>The named activations, in the order in which the forward pass makes them.</summary>
    public IReadOnlyList<NamedValue> Activations => _namedInOrder;

    /// <summary>The attention layers in order: what a key/value cache is made for.</summary>
    public IReadOnlyList<AttentionOperation> Attentions => _attentions;

    /// <summary>The named activation, or null if the forward pass has none of that name.</summary>
    public NamedValue? Find(string name) => _named.GetValueOrDefault(name);

    /// <summary>Token ids, [batch, position].</summary>
    public Value Tokens() => Append(new InputOperation(TokenIds), 1);

    /// <summary>Positions of the tokens, [batch, position].</summary>
    public Value Positions() => Append(new InputOperation(PositionIds), 1);

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

    /// <summary>The rows of a table [entries, width] that the ids name: [batch, position, width].</summary>
    public Value Embedding(Value ids, Value table) => Append(new EmbeddingOperation(ids, table), table.Width);

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

    /// <summary>Layer normalisation over the last dimension.</summary>
    public Value LayerNorm(Value x, Value scale, Value bias, float epsilon) => Append(new LayerNormOperation(x, scale, bias, epsilon), x.Width);

    /// <summary>left + right.</summary>
    public Value Add(Value left, Value right) => Append(new AddOperation(left, right), left.Width);

    /// <summary>A nonlinearity, elementwise.</summary>
    public Value Activation(Value x, ActivationFunction function) => Append(new ActivationOperation(x, function), x.Width);

    /// <summary>Cuts the last dimension into parts of the given widths.</summary>
    public IReadOnlyList<Value> Split(Value x, params IReadOnlyList<int> widths)
    {
        var operation = new SplitOperation(x, widths);
        _operations.Add(operation);
        return [.. widths.Select((width, part) => new Value(operation, width, part))];
    }

    /// <summary>Attention over all heads; names <c>{name}.scores</c>, <c>{name}.pattern</c> and <c>{name}.z</c>, and returns z.</summary>
    public Value Attention(Value query, Value key, Value value, AttentionShape shape, string name)
    {
        var operation = new AttentionOperation(query, key, value, shape, _attentions.Count);
        _operations.Add(operation);
        _attentions.Add(operation);
        AddName(new NamedValue(name + ".scores", new Value(operation, 0, 1), ActivationForm.Attention, shape.Heads));
        AddName(new NamedValue(name + ".pattern", new Value(operation, 0, 2), ActivationForm.Attention, shape.Heads));
        var z = new Value(operation, shape.Heads * shape.HeadWidth);
        return Name(name + ".z", z, shape.Heads);
    }

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
