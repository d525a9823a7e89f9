namespace Gptx.Generation.Processors;

/// <summary>Keeps the k tokens with the largest logits, and every token equal to the last of them.</summary>
internal sealed class TopK(int k) : ILogitsProcessor
{
    public string Name => "top-k";

    public string Description => $"{Name} {k}";

    public void Process(Span<float> logits, in SamplingContext context)
    {
        if (k < logits.Length)
        {
            Cut.Below(logits, KthLargest(logits));
        }
    }

    private float KthLargest(ReadOnlySpan<float> logits)
    {
        var largest = new PriorityQueue<float, float>(k);
        foreach (float logit in logits)
        {
            if (largest.Count < k)
            {
                largest.Enqueue(logit, logit);
            }
            else if (logit > largest.Peek())
            {
                largest.EnqueueDequeue(logit, logit);
            }
        }

        return largest.Peek();
    }
}
