using System.CommandLine;
using Gptx.Generation;
using Gptx.Inference;

namespace Gptx.Tool.Options;

/// <summary>How tokens are chosen and when to stop. What is not given is as the model's generation_config.json says, else as core's defaults.</summary>
internal sealed class GenerationArguments
{
    private readonly Option<int?> _maxTokens = Numbers.Whole("--max-tokens", "The most tokens to generate (default 50).");
    private readonly Option<int?> _minTokens = Numbers.Whole("--min-tokens", "No end before so many tokens.");
    private readonly Option<ulong?> _seed = Numbers.Seed("--seed", "Where the random draws begin; the same seed gives the same text. Default: a random one, which is reported.");
    private readonly Option<double?> _temperature = Numbers.Real("--temperature", "0 is greedy; above 1 is more daring (default 0.8).");
    private readonly Option<int?> _topK = Numbers.Whole("--top-k", "Draw from the K most probable tokens only; 0 is off.");
    private readonly Option<double?> _topP = Numbers.Real("--top-p", "Draw from the smallest set of tokens with this probability (default 0.95; 1 is off).");
    private readonly Option<double?> _minP = Numbers.Real("--min-p", "Only tokens with this share of the most probable one's probability; 0 is off.");
    private readonly Option<double?> _typicalP = Numbers.Real("--typical-p", "Locally typical sampling; 1 is off.");
    private readonly Option<double?> _epsilon = Numbers.Real("--epsilon-cutoff", "Only tokens of at least this probability; 0 is off.");
    private readonly Option<double?> _eta = Numbers.Real("--eta-cutoff", "As epsilon, lower where the distribution is flat; 0 is off.");
    private readonly Option<double?> _repetition = Numbers.Real("--repetition-penalty", "Above 1 makes tokens of prompt and text less probable; 1 is off.");
    private readonly Option<double?> _presence = Numbers.Real("--presence-penalty", "Taken once from the logit of each generated token; 0 is off.");
    private readonly Option<double?> _frequency = Numbers.Real("--frequency-penalty", "Taken from the logit of a generated token as often as it came; 0 is off.");
    private readonly Option<int?> _noRepeat = Numbers.Whole("--no-repeat-ngram", "No row of N tokens comes twice; 0 is off.");
    private readonly Option<int?> _count = Numbers.Whole("--count", "Continuations of each prompt (default 1); with beams the best ones, at most as many as beams.");
    private readonly Option<int?> _beams = Numbers.Whole("--beams", "Beam search over N texts side by side; they are drawn where a sampling option is set. The text comes when the search has ended (default 1: off).");
    private readonly Option<double?> _lengthPenalty = Numbers.Real("--length-penalty", "A beam's score is its log-probability divided by length to this power; above 0 favours long texts (default 1).");
    private readonly Option<EarlyStopping?> _earlyStopping = Choice.Of<EarlyStopping>("--early-stopping", "true: end when as many beams as asked for are finished; false: when no better one is likely (the default); never: when none is possible.");
    private readonly Option<int?> _alternatives = Numbers.Whole("--alternatives", "Report the N most probable tokens at each position.");
    private readonly Option<IReadOnlyList<IReadOnlyList<int>>> _stopTokens = Numbers.Lists("--stop-token", "Ids that end the text.");

    private readonly Option<string[]> _badWords = new("--bad-words")
    {
        Description = "A word that must not come; repeat it for several.",
        HelpName = "WORD",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string[]> _stop = new("--stop")
    {
        Description = "A text that ends generation and is left out; \\n, \\t and \\\\ are understood; repeat it for several.",
        HelpName = "TEXT",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<bool> _ignoreEos = new("--ignore-eos") { Description = "Go on after the model's end of text." };

    public GenerationArguments(Command command)
    {
        Option[] all =
        [
            _maxTokens, _minTokens, _seed, _temperature, _topK, _topP, _minP, _typicalP, _epsilon, _eta, _repetition, _presence, _frequency,
            _noRepeat, _badWords, _count, _beams, _lengthPenalty, _earlyStopping, _stop, _stopTokens, _ignoreEos, _alternatives,
        ];
        foreach (var option in all)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The seed that is given.</summary>
    public ulong? Seed(Invocation run) => run.Get(_seed);

    /// <summary>The options, with a seed: a random one is drawn once for all rows.</summary>
    /// <param name="run">The run.</param>
    /// <param name="model">The model.</param>
    /// <param name="recorded">The seed with which a job began that goes on, where none is given.</param>
    public GenerationOptions Read(Invocation run, LanguageModel model, ulong? recorded = null)
    {
        var options = new GenerationOptions
        {
            MaxTokens = run.Get(_maxTokens),
            MinTokens = run.Get(_minTokens),
            Seed = run.Get(_seed) ?? recorded,
            Temperature = run.Get(_temperature),
            TopK = run.Get(_topK),
            TopP = run.Get(_topP),
            MinP = run.Get(_minP),
            TypicalP = run.Get(_typicalP),
            EpsilonCutoff = run.Get(_epsilon),
            EtaCutoff = run.Get(_eta),
            RepetitionPenalty = run.Get(_repetition),
            PresencePenalty = run.Get(_presence) ?? 0,
            FrequencyPenalty = run.Get(_frequency) ?? 0,
            NoRepeatNgramSize = run.Get(_noRepeat),
            BadWords = run.Get(_badWords) is { Length: > 0 } words ? WordsToAvoid.Ids(model, words) : null,
            Count = run.Get(_count),
            Beams = run.Get(_beams),
            LengthPenalty = run.Get(_lengthPenalty),
            EarlyStopping = run.Get(_earlyStopping),
            StopStrings = [.. (run.Get(_stop) ?? []).Select(Unescape)],
            StopTokens = [.. (run.Get(_stopTokens) ?? []).SelectMany(ids => ids)],
            IgnoreEndOfText = run.Get(_ignoreEos),
            Alternatives = run.Get(_alternatives) ?? 0,
        };
        return options with { Seed = TextGenerator.Settings(model, options).Seed };
    }

    /// <summary>Reads \n, \t, \r and \\; anything else stays as it is.</summary>
    internal static string Unescape(string text)
    {
        var result = new System.Text.StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            char? meant = text[i] == '\\' && i + 1 < text.Length
                ? text[i + 1] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', '\\' => '\\', _ => null }
                : null;
            result.Append(meant ?? text[i]);
            i += meant is null ? 0 : 1;
        }

        return result.ToString();
    }
}
