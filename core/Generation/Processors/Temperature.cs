using System.Numerics.Tensors;

namespace Gptx.Generation.Processors;

/// <summary>Divides logits by the temperature: below 1 the distribution gets sharper, above 1 flatter.</summary>
internal sealed class Temperature(double temperature) : ILogitsProcessor
{
    // Not 0 even where float32 cannot hold the temperature: 0 / 0 is no number.
    private readonly float _temperature = Math.Max((float)temperature, float.Epsilon);

    public string Name => "temperature";

    public string Description => $"{Name} {temperature}";

    public void Process(Span<float> logits, in SamplingContext context)
    {
        float most = TensorPrimitives.Max<float>(logits);
        if (float.IsFinite(most) && !float.IsFinite(most / _temperature))
        {
            // The largest quotient is too large for float32. Softmax does not mind a constant, so the largest becomes 0 first.
            TensorPrimitives.Subtract(logits, most, logits);
        }

        TensorPrimitives.Divide(logits, _temperature, logits);
    }
}
