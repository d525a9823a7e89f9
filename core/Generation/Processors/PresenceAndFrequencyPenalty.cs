namespace Gptx.Generation.Processors;

/// <summary>
/// Subtracts from the logit of each generated token, once for its presence and as often as it came for its frequency. OpenAI's formula counts
/// how often a token "was sampled prior to the current position": the prompt does not count.
/// </summary>
internal sealed class PresenceAndFrequencyPenalty(double presence, double frequency) : ILogitsProcessor
{
    private readonly float _presence = (float)presence;
    private readonly float _frequency = (float)frequency;

    public string Name => "presence and frequency penalty";

    public string Description => $"presence penalty {presence}, frequency penalty {frequency}";

    public void Process(Span<float> logits, in SamplingContext context)
    {
        var counts = new Dictionary<int, int>();
        foreach (int id in context.Generated)
        {
            if ((uint)id < (uint)logits.Length)
            {
                counts[id] = counts.GetValueOrDefault(id) + 1;
            }
        }

        foreach ((int id, int count) in counts)
        {
            logits[id] -= (count * _frequency) + _presence;
        }
    }
}
