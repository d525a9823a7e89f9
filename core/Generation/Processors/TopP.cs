namespace Gptx.Generation.Processors;

/// <summary>
/// Keeps the smallest set of the most probable tokens that has at least probability p (nucleus sampling, arXiv:1904.09751), and at least one.
/// From the least probable token upwards, tokens go as long as the sum of probabilities is at most 1 - p. Which of several equal tokens
/// at the border goes is arbitrary; it is as in transformers on a CPU, see <see cref="TorchOrder"/>.
/// </summary>
internal sealed class TopP(double p) : ILogitsProcessor
{
    private readonly float _border = (float)(1 - p);

    public string Name => "top-p";

    public string Description => $"{Name} {p}";

    public void Process(Span<float> logits, in SamplingContext context)
    {
        float[] probabilities = Softmax.Probabilities(logits);
        (int[] likely, double tail) = SortLikely(logits, probabilities);
        if (likely.Length == 0)
        {
            return; // all were forbidden before
        }

        int gone = CountGone(likely, probabilities, tail);
        if (gone == 0 || logits[likely[gone - 1]] < logits[likely[gone]])
        {
            Cut.Below(logits, logits[likely[gone]]);
            return;
        }

        gone += logits.Length - likely.Length;
        foreach (int id in TorchOrder.Ascending(logits).AsSpan(0, gone))
        {
            logits[id] = float.NegativeInfinity;
        }
    }

    // Ids by ascending logit without the tail: tokens so improbable that they go even if all were so. Most of a vocabulary need not be sorted.
    private (int[] Likely, double Tail) SortLikely(ReadOnlySpan<float> logits, ReadOnlySpan<float> probabilities)
    {
        float improbable = _border / 2 / logits.Length;
        double tail = 0;
        var ids = new List<int>();
        var keys = new List<float>();
        for (int id = 0; id < logits.Length; id++)
        {
            if (probabilities[id] < improbable)
            {
                tail += probabilities[id];
            }
            else
            {
                ids.Add(id);
                keys.Add(logits[id]);
            }
        }

        int[] likely = [.. ids];
        Array.Sort(keys.ToArray(), likely);
        return (likely, tail);
    }

    private int CountGone(ReadOnlySpan<int> likely, ReadOnlySpan<float> probabilities, double sum)
    {
        int gone = 0;
        while (gone < likely.Length - 1)
        {
            sum += probabilities[likely[gone]];
            if ((float)sum > _border)
            {
                break;
            }

            gone++;
        }

        return gone;
    }
}
