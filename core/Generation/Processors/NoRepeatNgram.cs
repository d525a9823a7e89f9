namespace Gptx.Generation.Processors;

/// <summary>Forbids every token that would end a row of n tokens which the text, prompt included, has already.</summary>
internal sealed class NoRepeatNgram(int size) : ILogitsProcessor
{
    public string Name => "no repeated n-gram";

    public string Description => $"{Name} of {size}";

    public void Process(Span<float> logits, in SamplingContext context)
    {
        ReadOnlySpan<int> tokens = context.Tokens;
        if (tokens.Length < size)
        {
            return;
        }

        ReadOnlySpan<int> suffix = tokens[(tokens.Length - (size - 1))..];
        for (int start = 0; start + size <= tokens.Length; start++)
        {
            int last = tokens[start + size - 1];
            if ((uint)last < (uint)logits.Length && tokens.Slice(start, size - 1).SequenceEqual(suffix))
            {
                logits[last] = float.NegativeInfinity;
            }
        }
    }
}
