using Gptx.Activations;

namespace Gptx.Generation;

/// <summary>
/// What a caller may ask of generation. Null means: as the checkpoint's <c>generation_config.json</c> says, and where that says nothing,
/// the default named at each property. <see cref="SamplingSettings.Resolve"/> fills everything in.
/// </summary>
public sealed record GenerationOptions
{
    /// <summary>The options of a caller who asks for nothing.</summary>
    public static GenerationOptions Default { get; } = new();

    /// <summary>
    /// The most tokens to generate, at least 1. Default 50: a paragraph, some seconds on a CPU, and what the examples of transformers show;
    /// a model that never ends its text must not run until its context is full.
    /// </summary>
    public int? MaxTokens { get; init; }

    /// <summary>No end of text and no stop token before so many tokens, 0 to <see cref="MaxTokens"/>. Default 0: the model knows when it is done.</summary>
    public int? MinTokens { get; init; }

    /// <summary>
    /// Logits are divided by it, 0 to 1000; 0 is greedy: always the most probable token, nothing drawn. Default 0.8: small models wander at 1 and
    /// repeat themselves at 0. Where the file says <c>do_sample: false</c> the default is 0, unless the caller sets another sampling option
    /// (top-k, top-p, min-p, typical-p, a cutoff), which asks for sampling.
    /// </summary>
    public double? Temperature { get; init; }

    /// <summary>Only the k most probable tokens, 0 (no limit) or more; tokens equal to the last one stay too. Default 0: top-p adapts, a fixed k does not.</summary>
    public int? TopK { get; init; }

    /// <summary>The smallest set of tokens with at least this probability, above 0 and at most 1 (no limit). Default 0.95: cuts the long tail of unlikely tokens off, where a small model's errors are.</summary>
    public double? TopP { get; init; }

    /// <summary>Only tokens with at least this share of the most probable one's probability, 0 (no limit) to 1. Default 0: one cut, top-p, is on already.</summary>
    public double? MinP { get; init; }

    /// <summary>Locally typical sampling: the tokens whose surprisal is nearest the entropy, up to this probability; above 0 and at most 1 (no limit). Default 1: it can drop the most probable token.</summary>
    public double? TypicalP { get; init; }

    /// <summary>Only tokens of at least this probability, 0 (no limit) to below 1. Default 0: one cut, top-p, is on already.</summary>
    public double? EpsilonCutoff { get; init; }

    /// <summary>As <see cref="EpsilonCutoff"/>, lower where the distribution is flat; 0 (no limit) to below 1. Default 0: one cut, top-p, is on already.</summary>
    public double? EtaCutoff { get; init; }

    /// <summary>Positive logits of tokens in prompt or generated text are divided by it, negative ones multiplied; 0.001 to 1000, 1 does nothing. Default 1: the model's own distribution.</summary>
    public double? RepetitionPenalty { get; init; }

    /// <summary>Subtracted once from the logit of each generated token, -100 to 100; the prompt does not count. Default 0: the model's own distribution.</summary>
    public double PresencePenalty { get; init; }

    /// <summary>Subtracted from the logit of each generated token as often as it came, -100 to 100; the prompt does not count. Default 0: the model's own distribution.</summary>
    public double FrequencyPenalty { get; init; }

    /// <summary>No row of so many tokens comes twice, prompt included; 0 (may repeat) or more. Default 0: names and phrases do come twice.</summary>
    public int? NoRepeatNgramSize { get; init; }

    /// <summary>Rows of ids that must not be generated, none empty. Default none.</summary>
    public IReadOnlyList<IReadOnlyList<int>>? BadWords { get; init; }

    /// <summary>Texts that end generation and are left out of the result, none empty. Default none.</summary>
    public IReadOnlyList<string> StopStrings { get; init; } = [];

    /// <summary>Ids that end generation, besides the model's own end of text. Default none.</summary>
    public IReadOnlyList<int> StopTokens { get; init; } = [];

    /// <summary>True goes on after the model's end of text. Default false: what follows it is another text.</summary>
    public bool IgnoreEndOfText { get; init; }

    /// <summary>Where the random draws begin; any number. Default null: a random one, which is reported so that the run can be repeated.</summary>
    public ulong? Seed { get; init; }

    /// <summary>How many continuations of each prompt, at least 1, with beams at most as many as beams. Default 1.</summary>
    public int? Count { get; init; }

    /// <summary>
    /// How many texts beam search follows side by side, 1 (no beam search) to 1024. Default 1: the most probable texts of a language model are often dull and repeat
    /// themselves; beams suit tasks with one right answer. Nothing is drawn then: no temperature but 0, and no cut, may be set. A file that recommends beams
    /// is not heeded where the caller sets a sampling option.
    /// </summary>
    public int? Beams { get; init; }

    /// <summary>A beam's score is the sum of its log-probabilities divided by its number of tokens to this power, -20 to 20: above 0 favours long texts. Only with beams. Default 1: the mean, as in transformers.</summary>
    public double? LengthPenalty { get; init; }

    /// <summary>When beam search ends. Only with beams. Default <see cref="Generation.EarlyStopping.False"/>, as in transformers.</summary>
    public EarlyStopping? EarlyStopping { get; init; }

    /// <summary>How many of the most probable tokens to report at each position, 0 or more. Default 0: only the token itself.</summary>
    public int Alternatives { get; init; }

    /// <summary>What is put into inner values while the model reads and generates, at every position (steering). Default: nothing.</summary>
    public IReadOnlyList<Intervention> Interventions { get; init; } = [];

    /// <summary>Checks every value that is set.</summary>
    /// <exception cref="GptxException">InvalidArgument, <c>OptionOutOfRange</c>: names the option, its value and what is allowed.</exception>
    public void Validate() => OptionRanges.Check(this);
}
