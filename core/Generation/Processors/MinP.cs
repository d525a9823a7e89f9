using System.Numerics.Tensors;

namespace Gptx.Generation.Processors;

/// <summary>Keeps tokens with at least a share p of the most probable token's probability (arXiv:2407.01082).</summary>
internal sealed class MinP(double p) : ILogitsProcessor
{
    public string Name => "min-p";

    public string Description => $"{Name} {p}";

    public void Process(Span<float> logits, in SamplingContext context)
    {
        float[] probabilities = Softmax.Probabilities(logits);
        float most = TensorPrimitives.Max<float>(probabilities);
        Cut.Improbable(logits, probabilities, (float)p * most);
    }
}
