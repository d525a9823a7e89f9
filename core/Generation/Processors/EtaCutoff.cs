namespace Gptx.Generation.Processors;

/// <summary>
/// Keeps tokens of at least probability eta = min(epsilon, sqrt(epsilon) exp(-entropy)), and always the most probable (arXiv:2210.15191): the flatter
/// the distribution, the less probable a token may be.
/// </summary>
internal sealed class EtaCutoff(double epsilon) : ILogitsProcessor
{
    public string Name => "eta cutoff";

    public string Description => $"{Name} {epsilon}";

    public void Process(Span<float> logits, in SamplingContext context)
    {
        float[] probabilities = Softmax.Probabilities(logits);
        double logSum = Softmax.LogSumExp(logits);
        double entropy = 0;
        for (int id = 0; id < logits.Length; id++)
        {
            entropy -= probabilities[id] == 0 ? 0 : probabilities[id] * (logits[id] - logSum);
        }

        float least = (float)epsilon;
        float eta = Math.Min(least, MathF.Sqrt(least) * MathF.Exp(-(float)entropy));
        Cut.Improbable(logits, probabilities, eta);
    }
}
