using Gptx.Onnx;

namespace Gptx.Inference;

/// <summary>The memory of a run's outputs, freed together.</summary>
internal sealed class OwnedOutputs(IReadOnlyList<OnnxOutput> outputs) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var output in outputs)
        {
            output.Owner.Dispose();
        }
    }
}
