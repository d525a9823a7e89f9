using System.Diagnostics.CodeAnalysis;

namespace Gptx.Activations;

/// <summary>
/// The inner values of one forward pass over a batch of rows. Rows that are shorter than the longest are padded on the right; what lies
/// at padded positions means nothing, and <see cref="Row(string, int)"/> cuts it away.
/// </summary>
public sealed class ActivationCache : IDisposable
{
    private readonly Dictionary<string, Activation> _activations;
    private readonly IDisposable? _memory;

    /// <summary>Makes a cache out of values; <paramref name="memory"/> is disposed with it.</summary>
    /// <param name="activations">Values with the batch as first dimension.</param>
    /// <param name="lengths">Number of tokens of each row.</param>
    /// <param name="memory">What owns the values' memory, if it must be freed.</param>
    public ActivationCache(IReadOnlyList<Activation> activations, IReadOnlyList<int> lengths, IDisposable? memory = null)
    {
        Names = [.. activations.Select(activation => activation.Name)];
        _activations = activations.ToDictionary(activation => activation.Name, StringComparer.Ordinal);
        Lengths = lengths;
        _memory = memory;
    }

    /// <summary>The names, in the order in which they were asked for.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Number of tokens of each row.</summary>
    public IReadOnlyList<int> Lengths { get; }

    /// <summary>An activation of the whole batch, padding included: [batch, ...].</summary>
    /// <exception cref="KeyNotFoundException">It was not asked for.</exception>
    public Activation this[string name] =>
        _activations.TryGetValue(name, out var found) ? found : throw new KeyNotFoundException($"'{name}' was not asked for: the cache holds {string.Join(", ", Names)}");

    /// <summary>An activation of the whole batch, if it was asked for.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out Activation? activation) => _activations.TryGetValue(name, out activation);

    /// <summary>An activation of one row without its padding: [position, ...], [head, query, key], or [width] where it is one of the whole text.</summary>
    public Activation Row(string name, int row)
    {
        var whole = this[name];
        var one = whole[row];
        var length = Lengths[row];
        return IsByQueryAndKey(name) ? one.Take(1, length).Take(2, length) : one.Shape.Count == 1 ? one : one.Take(0, length);
    }

    /// <inheritdoc/>
    public void Dispose() => _memory?.Dispose();

    private static bool IsByQueryAndKey(string name) =>
        name.EndsWith(".pattern", StringComparison.Ordinal) || name.EndsWith(".scores", StringComparison.Ordinal);
}
