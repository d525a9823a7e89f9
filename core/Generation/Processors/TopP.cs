namespace Gptx.Generation.Processors;

/// <summary>
/// Keeps the smallest set of the most probable tokens that has at least probability p (nucleus sampling, arXiv:1904.09751), and at least one.
/// From the least probable token upwards, tokens go as long as the sum of probabilities is at most 1 - p. Which of several equal tokens
/// at the border goes is arbitrary; it is as in transformers on a CPU, see <see cref="TorchOrder"/>.
/// </summary>
internal sealed class TopP(double p) : ILogitsProcessor
{
    public string Name => "top-p";

    public string Description => $"{Name} {p}";

    public void Process(Span<float> logits, in SamplingContext context)
    {
        float[] ascending = logits.ToArray();
        Array.Sort(ascending);
        int gone = CountGone(ascending);
        if (gone == 0)
        {
            return;
        }

        if (ascending[gone - 1] < ascending[gone])
        {
            Cut.Below(logits, ascending[gone]);
            return;
        }

        int[] order = TorchOrder.Ascending(logits);
        foreach (int id in order.AsSpan(0, gone))
        {
            logits[id] = float.NegativeInfinity;
        }
    }

    private int CountGone(ReadOnlySpan<float> ascending)
    {
        float border = (float)(1 - p);
        float[] probabilities = Softmax.Probabilities(ascending);
        double sum = 0;
        int gone = 0;
        while (gone < ascending.Length - 1)
        {
            sum += probabilities[gone];
            if ((float)sum > border)
            {
                break;
            }

            gone++;
        }

        return gone;
    }
}
