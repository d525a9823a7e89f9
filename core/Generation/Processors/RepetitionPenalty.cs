namespace Gptx.Generation.Processors;

/// <summary>Makes tokens of the text so far, prompt included, less probable: positive logits divided, negative ones multiplied, once a token (CTRL, arXiv:1909.05858).</summary>
internal sealed class RepetitionPenalty(double penalty) : ILogitsProcessor
{
    private readonly float _penalty = (float)penalty;

    public string Name => "repetition penalty";

    public string Description => $"{Name} {penalty}";

    public void Process(Span<float> logits, in SamplingContext context)
    {
        var seen = new HashSet<int>();
        foreach (int id in context.Tokens)
        {
            if ((uint)id < (uint)logits.Length && seen.Add(id))
            {
                float logit = logits[id];
                logits[id] = logit < 0 ? logit * _penalty : logit / _penalty;
            }
        }
    }
}
