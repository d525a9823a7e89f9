namespace Gptx.Generation.Processors;

/// <summary>
/// Keeps the tokens whose surprisal is nearest the entropy, as many as have probability p together (locally typical sampling, arXiv:2202.00666), and
/// at least one. The last token needed to reach p stays, and so does every token as far from the entropy as that one.
/// </summary>
internal sealed class TypicalP(double p) : ILogitsProcessor
{
    public string Name => "typical-p";

    public string Description => $"{Name} {p}";

    public void Process(Span<float> logits, in SamplingContext context)
    {
        float[] distances = DistancesFromEntropy(logits);
        int[] nearest = TorchOrder.Ascending(distances);
        float border = distances[nearest[CountBelow(logits, nearest)]];
        for (int place = 1; place < nearest.Length; place++)
        {
            if (distances[nearest[place]] > border)
            {
                logits[nearest[place]] = float.NegativeInfinity;
            }
        }
    }

    // |surprisal - entropy| in nats, [vocab]; infinite for a forbidden token.
    private static float[] DistancesFromEntropy(ReadOnlySpan<float> logits)
    {
        double logSum = Softmax.LogSumExp(logits);
        float[] distances = new float[logits.Length];
        double entropy = 0;
        for (int id = 0; id < logits.Length; id++)
        {
            float logProbability = (float)(logits[id] - logSum);
            distances[id] = logProbability;
            entropy -= logits[id] == float.NegativeInfinity ? 0 : logProbability * (double)MathF.Exp(logProbability);
        }

        foreach (ref float distance in distances.AsSpan())
        {
            distance = Math.Abs(-distance - (float)entropy);
        }

        return distances;
    }

    private int CountBelow(ReadOnlySpan<float> logits, ReadOnlySpan<int> nearest)
    {
        float[] probabilities = Softmax.Probabilities(logits);
        float mass = (float)p;
        double sum = 0;
        int below = 0;
        foreach (int id in nearest)
        {
            sum += probabilities[id];
            below += (float)sum < mass ? 1 : 0;
        }

        return Math.Min(below, nearest.Length - 1);
    }
}
