using Gptx.Activations;
using Gptx.Graphs.Foreign;

namespace Gptx.Inference;

/// <summary>The activations of an ONNX model: which value of its graph each of our names is, and why the others cannot be had.</summary>
internal sealed class ForeignActivations
{
    private const string LastHiddenState = "last_hidden_state";
    private readonly OrderedDictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly InnerValues _inner;

    /// <summary>Finds them in a graph of so many blocks.</summary>
    public ForeignActivations(ForeignModel model, int blocks)
    {
        var outputs = model.Outputs.Where(output => output.Shape is null or { Count: 2 or 3 } && !output.Name.StartsWith("present", StringComparison.Ordinal)).Select(output => output.Name).ToList();
        var sink = ((string[])[ActivationName.Logits, LastHiddenState]).FirstOrDefault(outputs.Contains) ?? model.Outputs[0].Name;
        _inner = InnerValues.Find(model.Graph, blocks, sink);
        var before = _inner.FirstResidual;
        for (var block = 0; block < _inner.Patterns.Count; block++)
        {
            Add(ActivationName.ResidPre(block), before);
            Add(ActivationName.Pattern(block), _inner.Patterns[block]);
            Add(ActivationName.ResidPost(block), before = _inner.ResidualsAfter[block]);
        }

        Add(ActivationName.FinalNorm, outputs.Contains(LastHiddenState) ? LastHiddenState : _inner.FinalNorm);
        foreach (var output in outputs.Where(output => output != LastHiddenState))
        {
            Add(output, output);
        }
    }

    /// <summary>The names, in the order of the forward pass.</summary>
    public IReadOnlyList<string> Names => [.. _values.Keys];

    /// <summary>The value of the graph that an activation is.</summary>
    public string this[string name] => _values[name];

    /// <summary>Why an activation that other models have cannot be had of this graph.</summary>
    public string WhyMissing(string name) => _inner switch
    {
        { WhyNone: { } why } => $"of this ONNX model '{name}' cannot be had: {why}",
        { FusedInto: { Count: > 0 } fused } when name.Contains(".attn.", StringComparison.Ordinal) =>
            $"of this ONNX model '{name}' cannot be had: its attention is one operator ({string.Join(", ", fused)}), which keeps scores and probabilities to itself",
        _ => $"of this ONNX model '{name}' cannot be had: it was not found in the graph; there are {string.Join(", ", Names.Where(known => ActivationName.BlockOf(known) is null or 0))}",
    };

    private void Add(string name, string? value)
    {
        if (value is not null)
        {
            _values.TryAdd(name, value);
        }
    }
}
