namespace Gptx.Generation.Processors;

/// <summary>Forbids the tokens that end the text until enough tokens were generated.</summary>
internal sealed class MinimumLength(int tokens, IReadOnlyList<int> ends) : ILogitsProcessor
{
    public string Name => "minimum length";

    public string Description => $"{Name} {tokens}";

    public void Process(Span<float> logits, in SamplingContext context)
    {
        if (context.GeneratedCount >= tokens)
        {
            return;
        }

        foreach (int id in ends)
        {
            if (id < logits.Length)
            {
                logits[id] = float.NegativeInfinity;
            }
        }
    }
}
