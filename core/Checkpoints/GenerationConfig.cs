using System.Text.Json;

namespace Gptx.Checkpoints;

/// <summary>
/// What a checkpoint recommends for generating text: the keys of generation_config.json (transformers names them so). Null means that the file
/// does not say. Values are not judged here, only their types; what a sampler allows is the sampler's to say.
/// </summary>
public sealed record GenerationConfig
{
    /// <summary>do_sample: draw tokens (true) or take the most probable (false).</summary>
    public bool? DoSample { get; init; }

    /// <summary>temperature: what logits are divided by.</summary>
    public double? Temperature { get; init; }

    /// <summary>top_k: how many of the most probable tokens stay; 0 all.</summary>
    public int? TopK { get; init; }

    /// <summary>top_p: the share of probability that stays, 0 to 1.</summary>
    public double? TopP { get; init; }

    /// <summary>min_p: tokens below this share of the most probable token's probability go.</summary>
    public double? MinP { get; init; }

    /// <summary>typical_p: the share of probability that stays among tokens of typical surprisal.</summary>
    public double? TypicalP { get; init; }

    /// <summary>epsilon_cutoff: tokens of a smaller probability go.</summary>
    public double? EpsilonCutoff { get; init; }

    /// <summary>eta_cutoff: as epsilon_cutoff, with a border that follows the entropy.</summary>
    public double? EtaCutoff { get; init; }

    /// <summary>repetition_penalty: what logits of tokens seen before are divided (or, negative, multiplied) by.</summary>
    public double? RepetitionPenalty { get; init; }

    /// <summary>no_repeat_ngram_size: the length of token sequences that may occur once only; 0 none.</summary>
    public int? NoRepeatNgramSize { get; init; }

    /// <summary>bad_words_ids: token sequences that must not be generated.</summary>
    public IReadOnlyList<IReadOnlyList<int>>? BadWordsIds { get; init; }

    /// <summary>min_length: the least number of tokens, prompt included.</summary>
    public int? MinLength { get; init; }

    /// <summary>min_new_tokens: the least number of tokens after the prompt.</summary>
    public int? MinNewTokens { get; init; }

    /// <summary>max_length: the greatest number of tokens, prompt included.</summary>
    public int? MaxLength { get; init; }

    /// <summary>max_new_tokens: the greatest number of tokens after the prompt.</summary>
    public int? MaxNewTokens { get; init; }

    /// <summary>num_beams: how many texts beam search follows; 1 is no beam search.</summary>
    public int? NumBeams { get; init; }

    /// <summary>num_beam_groups: into how many groups the beams are divided; 1 is plain beam search.</summary>
    public int? NumBeamGroups { get; init; }

    /// <summary>num_return_sequences: how many texts to give for each prompt.</summary>
    public int? NumReturnSequences { get; init; }

    /// <summary>length_penalty: the power of the length by which a beam's sum of log-probabilities is divided.</summary>
    public double? LengthPenalty { get; init; }

    /// <summary>early_stopping: <c>true</c>, <c>false</c> or <c>never</c>, as words.</summary>
    public string? EarlyStopping { get; init; }

    /// <summary>eos_token_id: the tokens that end a text, one or several.</summary>
    public IReadOnlyList<int>? EosTokenIds { get; init; }

    /// <summary>bos_token_id: the token that begins a text.</summary>
    public int? BosTokenId { get; init; }

    /// <summary>pad_token_id: the token that fills rows up.</summary>
    public int? PadTokenId { get; init; }

    /// <summary>Reads a generation_config.json; where there is none, everything is null.</summary>
    /// <exception cref="GptxException">
    /// The file cannot be read (<c>FileNotReadable</c>, <c>JsonTooLong</c>, <c>JsonInvalid</c>) or a value has another type
    /// (<c>ConfigValueInvalid</c>).
    /// </exception>
    public static GenerationConfig Read(string path) => File.Exists(path) ? From(ModelConfig.Read(path)) : new GenerationConfig();

    /// <summary>The same keys out of a config.json: checkpoints from before generation_config.json keep them there.</summary>
    /// <exception cref="GptxException">A value has another type (<c>ConfigValueInvalid</c>).</exception>
    public static GenerationConfig From(ModelConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        return new GenerationConfig
        {
            DoSample = config.FindBoolean("do_sample"),
            Temperature = config.FindDouble("temperature"),
            TopK = config.FindInt32("top_k"),
            TopP = config.FindDouble("top_p"),
            MinP = config.FindDouble("min_p"),
            TypicalP = config.FindDouble("typical_p"),
            EpsilonCutoff = config.FindDouble("epsilon_cutoff"),
            EtaCutoff = config.FindDouble("eta_cutoff"),
            RepetitionPenalty = config.FindDouble("repetition_penalty"),
            NoRepeatNgramSize = config.FindInt32("no_repeat_ngram_size"),
            BadWordsIds = ReadSequences(config, "bad_words_ids"),
            MinLength = config.FindInt32("min_length"),
            MinNewTokens = config.FindInt32("min_new_tokens"),
            MaxLength = config.FindInt32("max_length"),
            MaxNewTokens = config.FindInt32("max_new_tokens"),
            NumBeams = config.FindInt32("num_beams"),
            NumBeamGroups = config.FindInt32("num_beam_groups"),
            NumReturnSequences = config.FindInt32("num_return_sequences"),
            LengthPenalty = config.FindDouble("length_penalty"),
            EarlyStopping = ReadEarlyStopping(config),
            EosTokenIds = config.FindInt32s("eos_token_id"),
            BosTokenId = config.FindInt32("bos_token_id"),
            PadTokenId = config.FindInt32("pad_token_id"),
        };
    }

    private static string? ReadEarlyStopping(ModelConfig config)
    {
        const string key = "early_stopping";
        return !config.Contains(key) ? null : config.Json.GetProperty(key) switch
        {
            { ValueKind: JsonValueKind.True } => "true",
            { ValueKind: JsonValueKind.False } => "false",
            { ValueKind: JsonValueKind.String } word when word.ValueEquals("never") => "never",
            _ => throw config.Invalid(key, "true, false or 'never'"),
        };
    }

    private static List<IReadOnlyList<int>>? ReadSequences(ModelConfig config, string key)
    {
        if (!config.Contains(key))
        {
            return null;
        }

        var sequences = new List<IReadOnlyList<int>>();
        var list = config.Json.GetProperty(key);
        foreach (var sequence in list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : throw Wrong())
        {
            var ids = new List<int>();
            foreach (var id in sequence.ValueKind == JsonValueKind.Array ? sequence.EnumerateArray() : throw Wrong())
            {
                ids.Add(id.ValueKind == JsonValueKind.Number && id.TryGetInt32(out var number) ? number : throw Wrong());
            }

            sequences.Add(ids);
        }

        return sequences;

        GptxException Wrong() => config.Invalid(key, "a list of lists of token ids");
    }
}
