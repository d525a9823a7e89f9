using Microsoft.ML.OnnxRuntime;

namespace Gptx.Onnx;

/// <summary>The inputs of one run by name; those made for it are freed with it.</summary>
internal sealed class ForeignFeed : IDisposable
{
    private readonly Dictionary<string, OrtValue> _values = new(StringComparer.Ordinal);
    private readonly List<OrtValue> _own = [];

    /// <summary>All inputs.</summary>
    public IReadOnlyDictionary<string, OrtValue> Values => _values;

    /// <summary>Adds one that is freed with the feed.</summary>
    public void Give(string name, OrtValue value)
    {
        _own.Add(value);
        _values.Add(name, value);
    }

    /// <summary>Adds one that stays somebody else's.</summary>
    public void Lend(string name, OrtValue value) => _values.Add(name, value);

    /// <inheritdoc/>
    public void Dispose() => _own.ForEach(value => value.Dispose());
}
