using Gptx.Generation.Processors;

namespace Gptx.Generation;

/// <summary>
/// The steps between logits and draw, in their one order: repetition penalty, presence and frequency penalty, no repeated n-gram, bad words,
/// minimum length, temperature, top-k, top-p, min-p, typical-p, epsilon cutoff, eta cutoff. Only steps that do something are in it. At temperature 0
/// the chain ends before the temperature: what follows cannot change which token is the most probable. So it does for beams, which put log-probabilities
/// through it in place of logits.
/// </summary>
public sealed class SamplingChain
{
    private readonly string? _choice;

    private SamplingChain(IReadOnlyList<ILogitsProcessor> processors, string? choice)
    {
        Processors = processors;
        _choice = choice;
    }

    /// <summary>The steps, in order.</summary>
    public IReadOnlyList<ILogitsProcessor> Processors { get; }

    /// <summary>The chain that <paramref name="settings"/> describe.</summary>
    public static SamplingChain Create(SamplingSettings settings)
    {
        var steps = new List<ILogitsProcessor>();
        Add(settings.RepetitionPenalty != 1, () => new RepetitionPenalty(settings.RepetitionPenalty));
        Add(settings.PresencePenalty != 0 || settings.FrequencyPenalty != 0,
            () => new PresenceAndFrequencyPenalty(settings.PresencePenalty, settings.FrequencyPenalty));
        Add(settings.NoRepeatNgramSize > 0, () => new NoRepeatNgram(settings.NoRepeatNgramSize));
        Add(settings.BadWords.Count > 0, () => new BadWords(settings.BadWords));
        Add(settings.MinTokens > 0 && settings.StopTokens.Count > 0, () => new MinimumLength(settings.MinTokens, settings.StopTokens));
        if (!settings.IsGreedy)
        {
            Add(settings.Temperature != 1, () => new Temperature(settings.Temperature));
            Add(settings.TopK > 0, () => new TopK(settings.TopK));
            Add(settings.TopP < 1, () => new TopP(settings.TopP));
            Add(settings.MinP > 0, () => new MinP(settings.MinP));
            Add(settings.TypicalP < 1, () => new TypicalP(settings.TypicalP));
            Add(settings.EpsilonCutoff > 0, () => new EpsilonCutoff(settings.EpsilonCutoff));
            Add(settings.EtaCutoff > 0, () => new EtaCutoff(settings.EtaCutoff));
        }

        return new SamplingChain(steps, Choice(settings));

        void Add(bool acts, Func<ILogitsProcessor> step)
        {
            if (acts)
            {
                steps.Add(step());
            }
        }
    }

    /// <summary>Runs every step over <paramref name="logits"/> ([vocab]), in place.</summary>
    public void Process(Span<float> logits, in SamplingContext context)
    {
        foreach (ILogitsProcessor processor in Processors)
        {
            processor.Process(logits, context);
        }
    }

    /// <summary>Names and values in order, for example <c>repetition penalty 1.2, temperature 0.7, top-k 30</c>.</summary>
    public string Describe()
    {
        IEnumerable<string> steps = Processors.Select(p => p.Description);
        string text = string.Join(", ", _choice is null ? steps : steps.Append(_choice));
        return text.Length > 0 ? text : "the model's own distribution";
    }

    private static string? Choice(SamplingSettings settings) =>
        settings.Beams > 1 ? $"{settings.Beams} {(settings.IsGreedy ? "" : "drawn ")}beams, length penalty {settings.LengthPenalty}, early stopping {settings.EarlyStopping.ToString().ToLowerInvariant()}"
        : settings.IsGreedy ? "greedy" : null;
}
