namespace Gptx.Embeddings;

/// <summary>Which words take part in a benchmark, as gensim's <c>evaluate_word_analogies</c> and <c>evaluate_word_pairs</c> have it.</summary>
public sealed record BenchmarkOptions
{
    /// <summary>Only the first so many words, which are the most frequent in files of vectors; as question and as answer. Default 300,000.</summary>
    public int RestrictVocabulary { get; init; } = 300_000;

    /// <summary>Whether upper and lower case are the same; of words that become equal the first counts. Default true.</summary>
    public bool IgnoreCase { get; init; } = true;

    /// <summary>Whether a question with an unknown word counts as wrong, and an unknown pair as cosine 0, in place of being left out. Default false.</summary>
    public bool CountUnknown { get; init; }

    /// <summary>How analogies are scored. Default 3CosAdd.</summary>
    public AnalogyMethod Method { get; init; }

    internal void Check()
    {
        if (RestrictVocabulary < 1)
        {
            throw VectorChecks.Refuse("OptionOutOfRange", $"restrict-vocab {RestrictVocabulary} is not allowed: it must be at least 1");
        }
    }
}
