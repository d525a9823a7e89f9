using System.Management.Automation;
using Gptx.Activations;
using Gptx.Generation;
using Gptx.Inference;
using Gptx.Jobs;
using Gptx.Jobs.Tasks;

namespace Gptx.PowerShell;

/// <summary>The settings of generation as parameters; what is left out is as the model's generation_config.json says, then as Gptx's defaults.</summary>
public abstract class GenerationCmdlet : BatchJobCmdlet
{
    /// <summary>Prompts are continued one by one, unless -BatchSize says otherwise: so each text comes out when it is done.</summary>
    protected GenerationCmdlet() => BatchSize = 1;

    /// <summary>The most tokens to generate. Default 50.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? MaxTokens { get; set; }

    /// <summary>No end of text before so many tokens.</summary>
    [Parameter]
    public int? MinTokens { get; set; }

    /// <summary>0 takes the most probable token always; higher is more adventurous. Default 0.8.</summary>
    [Parameter]
    public double? Temperature { get; set; }

    /// <summary>Only the k most probable tokens; 0 sets no limit.</summary>
    [Parameter]
    public int? TopK { get; set; }

    /// <summary>Only the smallest set of tokens with at least this probability; 1 sets no limit. Default 0.95.</summary>
    [Parameter]
    public double? TopP { get; set; }

    /// <summary>Only tokens with at least this share of the most probable one's probability.</summary>
    [Parameter]
    public double? MinP { get; set; }

    /// <summary>Locally typical sampling, up to this probability.</summary>
    [Parameter]
    public double? TypicalP { get; set; }

    /// <summary>Only tokens of at least this probability.</summary>
    [Parameter]
    public double? EpsilonCutoff { get; set; }

    /// <summary>As EpsilonCutoff, lower where the distribution is flat.</summary>
    [Parameter]
    public double? EtaCutoff { get; set; }

    /// <summary>Above 1 makes tokens that came already less probable, those of the prompt too.</summary>
    [Parameter]
    public double? RepetitionPenalty { get; set; }

    /// <summary>Subtracted once from the logit of each generated token.</summary>
    [Parameter]
    public double PresencePenalty { get; set; }

    /// <summary>Subtracted from the logit of each generated token as often as it came.</summary>
    [Parameter]
    public double FrequencyPenalty { get; set; }

    /// <summary>No row of so many tokens comes twice.</summary>
    [Parameter]
    public int? NoRepeatNgramSize { get; set; }

    /// <summary>Words that must not come.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? BadWord { get; set; }

    /// <summary>Texts that end generation, and are left out of the result.</summary>
    [Parameter]
    public string[] Stop { get; set; } = [];

    /// <summary>Ids of tokens that end generation.</summary>
    [Parameter]
    public int[] StopToken { get; set; } = [];

    /// <summary>Goes on after the model's end of text.</summary>
    [Parameter]
    public SwitchParameter IgnoreEndOfText { get; set; }

    /// <summary>Where the random draws begin: the same seed gives the same text. Default: a random one, which the result reports.</summary>
    [Parameter]
    public ulong? Seed { get; set; }

    /// <summary>How many continuations of each prompt; with beams the best ones, at most as many as beams. Default 1.</summary>
    [Parameter]
    [ValidateRange(1, 4096)]
    public int? Count { get; set; }

    /// <summary>Beam search over so many texts side by side: nothing is drawn, and -Stream gives its pieces when the search has ended. Default 1: no beam search.</summary>
    [Parameter]
    public int? Beams { get; set; }

    /// <summary>With -Beams: a text's score is its log-probability divided by its length to this power; above 0 favours long texts. Default 1.</summary>
    [Parameter]
    public double? LengthPenalty { get; set; }

    /// <summary>With -Beams: True ends when as many beams as asked for are finished, False when no better one is likely, Never when none is possible. Default False.</summary>
    [Parameter]
    public EarlyStopping? EarlyStopping { get; set; }

    /// <summary>How many of the most probable tokens to report at each position.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Alternatives { get; set; }

    /// <summary>The settings, with one seed for the whole command.</summary>
    protected GenerationOptions Options { get; private set; } = GenerationOptions.Default;

    /// <inheritdoc/>
    protected override KeptEnd Kept => KeptEnd.End;

    /// <inheritdoc/>
    protected override int Growth => TextGenerator.Settings(Opened, Options).MaxTokens;

    /// <inheritdoc/>
    protected override int MostTokens => Math.Max(1, Opened.Shape.ContextLength - Growth);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        ForCommand(target: null, () =>
        {
            var asked = Asked() with { Interventions = Interventions() };
            asked = Job is null ? asked : asked with { Seed = GenerateTask.SeedOf(Job, Seed) };
            Options = asked with { Seed = TextGenerator.Settings(Opened, asked).Seed };
        });
    }

    /// <inheritdoc/>
    protected override void CheckLength(TokenSequence text)
    {
        base.CheckLength(text);
        if (text.Count == Opened.Shape.TokenLimit)
        {
            throw new GptxException(
                GptxErrorKind.InvalidInput,
                "PromptFillsContext",
                $"the prompt has {text.Count} tokens, as many as the model's context: there is no room for an answer; shorten it or use -Truncate");
        }
    }

    /// <inheritdoc/>
    protected override string TaskName => "generate";

    /// <inheritdoc/>
    protected override IRowTask RowTask() => new GenerateTask(Opened, Options, Truncate);

    /// <summary>What is put into the model while it generates.</summary>
    protected virtual IReadOnlyList<Intervention> Interventions() => [];

    private GenerationOptions Asked() => new()
    {
        MaxTokens = MaxTokens,
        MinTokens = MinTokens,
        Temperature = Temperature,
        TopK = TopK,
        TopP = TopP,
        MinP = MinP,
        TypicalP = TypicalP,
        EpsilonCutoff = EpsilonCutoff,
        EtaCutoff = EtaCutoff,
        RepetitionPenalty = RepetitionPenalty,
        PresencePenalty = PresencePenalty,
        FrequencyPenalty = FrequencyPenalty,
        NoRepeatNgramSize = NoRepeatNgramSize,
        BadWords = BadWord is null ? null : WordsToAvoid.Ids(Opened, BadWord),
        StopStrings = Stop,
        StopTokens = StopToken,
        IgnoreEndOfText = IgnoreEndOfText,
        Seed = Seed,
        Count = Count,
        Beams = Beams,
        LengthPenalty = LengthPenalty,
        EarlyStopping = EarlyStopping,
        Alternatives = Alternatives,
    };
}
