namespace Gptx.Generation.Processors;

/// <summary>Forbids the last token of each row of ids whose other tokens the text ends with.</summary>
internal sealed class BadWords(IReadOnlyList<IReadOnlyList<int>> words) : ILogitsProcessor
{
    private readonly int[][] _words = [.. words.Select(word => word.ToArray())];

    public string Name => "bad words";

    public string Description => $"{_words.Length} bad words";

    public void Process(Span<float> logits, in SamplingContext context)
    {
        foreach (int[] word in _words)
        {
            int last = word[^1];
            if (last < logits.Length && context.Tokens.EndsWith(word.AsSpan(0, word.Length - 1)))
            {
                logits[last] = float.NegativeInfinity;
            }
        }
    }
}
