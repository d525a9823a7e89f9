using Microsoft.ML.OnnxRuntime;

namespace Gptx.Onnx;

/// <summary>Numbers that stay bound to a graph's inputs as long as it runs step by step.</summary>
internal sealed class FedInputs(IReadOnlyList<OnnxInput> inputs) : IDisposable
{
    private readonly List<(string Name, OrtValue Value)> _values = [.. inputs.Select(input => (input.Name, ToValue(input)))];

    /// <summary>None.</summary>
    public static FedInputs None => new([]);

    /// <summary>Binds them.</summary>
    public void Bind(OrtIoBinding binding)
    {
        foreach (var (name, value) in _values)
        {
            binding.BindInput(name, value);
        }
    }

    /// <summary>One as ONNX Runtime reads it.</summary>
    public static OrtValue ToValue(OnnxInput input) => OrtValue.CreateTensorValueFromMemory(input.Values, [.. input.Shape.Select(size => (long)size)]);

    /// <inheritdoc/>
    public void Dispose() => _values.ForEach(pair => pair.Value.Dispose());
}
