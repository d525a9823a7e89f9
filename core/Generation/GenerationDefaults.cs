namespace Gptx.Generation;

/// <summary>
/// What a checkpoint recommends in its <c>generation_config.json</c>; null where the file says nothing. The names are those of transformers,
/// where each is described. <see cref="MaxLength"/> counts the prompt too and is not used: a longer prompt would leave no token to generate.
/// </summary>
public sealed record GenerationDefaults
{
    /// <summary>Nothing is recommended.</summary>
    public static GenerationDefaults None { get; } = new();

    /// <summary><c>do_sample</c>: false asks for greedy decoding.</summary>
    public bool? DoSample { get; init; }

    /// <summary><c>temperature</c></summary>
    public double? Temperature { get; init; }

    /// <summary><c>top_k</c>; 0 or less means no limit.</summary>
    public int? TopK { get; init; }

    /// <summary><c>top_p</c></summary>
    public double? TopP { get; init; }

    /// <summary><c>min_p</c></summary>
    public double? MinP { get; init; }

    /// <summary><c>typical_p</c></summary>
    public double? TypicalP { get; init; }

    /// <summary><c>epsilon_cutoff</c></summary>
    public double? EpsilonCutoff { get; init; }

    /// <summary><c>eta_cutoff</c></summary>
    public double? EtaCutoff { get; init; }

    /// <summary><c>repetition_penalty</c></summary>
    public double? RepetitionPenalty { get; init; }

    /// <summary><c>no_repeat_ngram_size</c></summary>
    public int? NoRepeatNgramSize { get; init; }

    /// <summary><c>bad_words_ids</c></summary>
    public IReadOnlyList<IReadOnlyList<int>>? BadWordsIds { get; init; }

    /// <summary><c>min_new_tokens</c></summary>
    public int? MinNewTokens { get; init; }

    /// <summary><c>max_new_tokens</c></summary>
    public int? MaxNewTokens { get; init; }

    /// <summary><c>max_length</c>, prompt included; not used.</summary>
    public int? MaxLength { get; init; }

    /// <summary><c>eos_token_id</c>: the ids that end a text.</summary>
    public IReadOnlyList<int>? EosTokenIds { get; init; }
}
