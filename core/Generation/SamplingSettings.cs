using System.Security.Cryptography;
using Gptx.Activations;
using Gptx.Checkpoints;
using Gptx.Generation.Beams;

namespace Gptx.Generation;

/// <summary>
/// <see cref="GenerationOptions"/> with everything filled in: from the options, else from the checkpoint's <c>generation_config.json</c>,
/// else from our defaults (temperature 0.8, top-p 0.95, at most 50 tokens, all else off). The values mean what they mean there.
/// </summary>
public sealed record SamplingSettings
{
    /// <summary>The most tokens to generate.</summary>
    public required int MaxTokens { get; init; }

    /// <summary>No end before so many tokens.</summary>
    public required int MinTokens { get; init; }

    /// <summary>0 is greedy.</summary>
    public required double Temperature { get; init; }

    /// <summary>0 is off.</summary>
    public required int TopK { get; init; }

    /// <summary>1 is off.</summary>
    public required double TopP { get; init; }

    /// <summary>0 is off.</summary>
    public required double MinP { get; init; }

    /// <summary>1 is off.</summary>
    public required double TypicalP { get; init; }

    /// <summary>0 is off.</summary>
    public required double EpsilonCutoff { get; init; }

    /// <summary>0 is off.</summary>
    public required double EtaCutoff { get; init; }

    /// <summary>1 is off.</summary>
    public required double RepetitionPenalty { get; init; }

    /// <summary>0 is off.</summary>
    public required double PresencePenalty { get; init; }

    /// <summary>0 is off.</summary>
    public required double FrequencyPenalty { get; init; }

    /// <summary>0 is off.</summary>
    public required int NoRepeatNgramSize { get; init; }

    /// <summary>Rows of ids that must not come.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> BadWords { get; init; }

    /// <summary>Texts that end generation.</summary>
    public required IReadOnlyList<string> StopStrings { get; init; }

    /// <summary>Ids that end generation, the model's end of text among them unless it is ignored; ascending, each once.</summary>
    public required IReadOnlyList<int> StopTokens { get; init; }

    /// <summary>Where the random draws begin: as asked for, or the random one that was chosen.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Continuations of each prompt.</summary>
    public required int Count { get; init; }

    /// <summary>Most probable tokens to report at each position.</summary>
    public required int Alternatives { get; init; }

    /// <summary>What is put into inner values at every position.</summary>
    public IReadOnlyList<Intervention> Interventions { get; init; } = [];

    /// <summary>Texts that beam search follows side by side; 1 is no beam search.</summary>
    public required int Beams { get; init; }

    /// <summary>With beams: the power of the length by which a sum of log-probabilities is divided.</summary>
    public required double LengthPenalty { get; init; }

    /// <summary>With beams: when the search ends.</summary>
    public required EarlyStopping EarlyStopping { get; init; }

    /// <summary>True where nothing is drawn: temperature 0, which beams have too unless they are drawn.</summary>
    public bool IsGreedy => Temperature == 0;

    /// <summary>Fills in what <paramref name="options"/> leave open.</summary>
    /// <exception cref="GptxException">
    /// <c>OptionOutOfRange</c>: InvalidArgument for a bad option, ModelNotLoadable for a bad value in generation_config.json that would be used;
    /// <c>BeamsNotSupported</c>: that file asks for grouped beams, and the options do not say otherwise.
    /// </exception>
    public static SamplingSettings Resolve(GenerationOptions options, GenerationConfig? defaults = null)
    {
        options.Validate();
        GenerationOptions filled = Fill(options, defaults ?? new GenerationConfig());
        try
        {
            filled.Validate();
        }
        catch (GptxException error)
        {
            throw new GptxException(GptxErrorKind.ModelNotLoadable, error.ErrorId, $"generation_config.json: {error.Message}", error);
        }

        int beams = filled.Beams ?? 1;
        OptionRanges.CheckWithoutBeams(options, beams);
        IReadOnlyList<int> ends = options.IgnoreEndOfText ? [] : defaults?.EosTokenIds ?? [];
        return new SamplingSettings
        {
            MaxTokens = filled.MaxTokens ?? 50,
            MinTokens = filled.MinTokens ?? 0,
            Temperature = filled.Temperature ?? 0.8,
            TopK = filled.TopK ?? 0,
            TopP = filled.TopP ?? 0.95,
            MinP = filled.MinP ?? 0,
            TypicalP = filled.TypicalP ?? 1,
            EpsilonCutoff = filled.EpsilonCutoff ?? 0,
            EtaCutoff = filled.EtaCutoff ?? 0,
            RepetitionPenalty = filled.RepetitionPenalty ?? 1,
            PresencePenalty = filled.PresencePenalty,
            FrequencyPenalty = filled.FrequencyPenalty,
            NoRepeatNgramSize = filled.NoRepeatNgramSize ?? 0,
            BadWords = filled.BadWords ?? [],
            StopStrings = filled.StopStrings,
            StopTokens = [.. options.StopTokens.Concat(ends).Distinct().Order()],
            Seed = options.Seed ?? RandomSeed(),
            Count = filled.Count ?? 1,
            Alternatives = filled.Alternatives,
            Interventions = filled.Interventions,
            Beams = beams,
            LengthPenalty = filled.LengthPenalty ?? 1,
            EarlyStopping = filled.EarlyStopping ?? EarlyStopping.False,
        };
    }

    /// <summary>The chain in order and the seed, for example <c>temperature 0.8, top-p 0.95; seed 7</c>; <c>greedy</c> closes a chain that draws nothing.</summary>
    public override string ToString() => $"{SamplingChain.Create(this).Describe()}; seed {Seed}";

    private static GenerationOptions Fill(GenerationOptions options, GenerationConfig defaults)
    {
        int beams = RecommendedBeams.Of(options, defaults);
        int? count = options.Count ?? defaults.NumReturnSequences;
        GenerationOptions sampling = beams > 1 && !RecommendedBeams.AreDrawn(options, defaults) ? GenerationOptions.Default with { Temperature = 0 } : FillSampling(options, defaults);
        int most = options.MaxTokens ?? Math.Max(defaults.MaxNewTokens ?? 50, options.MinTokens ?? 0);
        return options with
        {
            MaxTokens = most,
            MinTokens = options.MinTokens ?? (defaults.MinNewTokens is { } least ? Math.Min(least, most) : 0),
            Temperature = sampling.Temperature,
            TopK = sampling.TopK,
            TopP = sampling.TopP,
            MinP = sampling.MinP,
            TypicalP = sampling.TypicalP,
            EpsilonCutoff = sampling.EpsilonCutoff,
            EtaCutoff = sampling.EtaCutoff,
            RepetitionPenalty = options.RepetitionPenalty ?? defaults.RepetitionPenalty,
            NoRepeatNgramSize = options.NoRepeatNgramSize ?? defaults.NoRepeatNgramSize,
            BadWords = options.BadWords ?? defaults.BadWordsIds,
            Beams = beams,
            Count = options.Count is null && beams > 1 ? Math.Min(count ?? 1, beams) : count,
            LengthPenalty = options.LengthPenalty ?? (beams > 1 ? defaults.LengthPenalty : null),
            EarlyStopping = options.EarlyStopping ?? (beams > 1 ? RecommendedBeams.Stopping(defaults) : null),
        };
    }

    private static GenerationOptions FillSampling(GenerationOptions options, GenerationConfig defaults) => options with
    {
        Temperature = options.Temperature ?? (IsGreedyByDefault(options, defaults) ? 0 : defaults.Temperature),
        TopK = options.TopK ?? Math.Max(0, defaults.TopK ?? 0),
        TopP = options.TopP ?? defaults.TopP,
        MinP = options.MinP ?? defaults.MinP,
        TypicalP = options.TypicalP ?? defaults.TypicalP,
        EpsilonCutoff = options.EpsilonCutoff ?? defaults.EpsilonCutoff,
        EtaCutoff = options.EtaCutoff ?? defaults.EtaCutoff,
    };

    // A caller who sets a cut asks for sampling, whatever the file recommends.
    private static bool IsGreedyByDefault(GenerationOptions options, GenerationConfig defaults) =>
        defaults.DoSample == false
        && options is { TopK: null, TopP: null, MinP: null, TypicalP: null, EpsilonCutoff: null, EtaCutoff: null };

    private static ulong RandomSeed() => (ulong)RandomNumberGenerator.GetInt32(int.MaxValue);
}
