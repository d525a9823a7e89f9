namespace Gptx.Generation.Processors;

/// <summary>Keeps tokens of at least this probability, and always the most probable (arXiv:2210.15191).</summary>
internal sealed class EpsilonCutoff(double epsilon) : ILogitsProcessor
{
    public string Name => "epsilon cutoff";

    public string Description => $"{Name} {epsilon}";

    public void Process(Span<float> logits, in SamplingContext context) =>
        Cut.Improbable(logits, Softmax.Probabilities(logits), (float)epsilon);
}
