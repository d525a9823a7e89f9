namespace Gptx.Generation.Processors;

/// <summary>Writing minus infinity where a condition on another number of the token says so.</summary>
internal static class Cut
{
    /// <summary>Forbids what has a logit below <paramref name="least"/>.</summary>
    public static void Below(Span<float> logits, float least)
    {
        foreach (ref float logit in logits)
        {
            logit = logit < least ? float.NegativeInfinity : logit;
        }
    }

    /// <summary>Forbids what has a probability below <paramref name="least"/>, but never the largest logit.</summary>
    public static void Improbable(Span<float> logits, ReadOnlySpan<float> probabilities, float least)
    {
        float most = System.Numerics.Tensors.TensorPrimitives.Max<float>(logits);
        for (int id = 0; id < logits.Length; id++)
        {
            if (probabilities[id] < least && logits[id] < most)
            {
                logits[id] = float.NegativeInfinity;
            }
        }
    }
}
