namespace Gptx.Tokenization.Training;

/// <summary>What is asked of a training. The names and what they do are those of Hugging Face's trainers.</summary>
public sealed record TokenizerTrainingOptions
{
    /// <summary>The largest vocabulary that is learnt.</summary>
    public const int LargestVocabulary = 1 << 24;

    /// <summary>The 256 characters that stand for bytes in byte-level tokenizers, as an <see cref="InitialAlphabet"/>.</summary>
    public static string ByteCharacters { get; } = string.Concat(Enumerable.Range(0, 256).Select(value => ByteAlphabet.CharacterOf((byte)value)));

    /// <summary>Tokens of the vocabulary, special ones and the alphabet included. Fewer are made where no pair is left to merge.</summary>
    public int VocabularySize { get; init; } = 30_000;

    /// <summary>How often a pair must be seen to be merged.</summary>
    public long MinFrequency { get; init; }

    /// <summary>Tokens that come first in the vocabulary and are never split; null: those of the blueprint.</summary>
    public IReadOnlyList<string>? SpecialTokens { get; init; }

    /// <summary>How many characters the alphabet may have: the most frequent stay, of equals those with lower code points. Null: all.</summary>
    public int? LimitAlphabet { get; init; }

    /// <summary>Characters that are in the alphabet even where no text has them; null: those of the blueprint.</summary>
    public string? InitialAlphabet { get; init; }

    /// <summary>What stands before a piece that does not begin a word, as ## in BERT's vocabulary; null: the blueprint's, or none.</summary>
    public string? ContinuingSubwordPrefix { get; init; }

    /// <summary>What stands behind a piece that ends a word, as &lt;/w&gt; in GPT's first vocabulary; null: the blueprint's, or none.</summary>
    public string? EndOfWordSuffix { get; init; }

    /// <summary>
    /// Pairs whose token would have so many characters of the alphabet or more are not counted, once something was merged; so tokens are
    /// shorter than this, as in the reference, and only pairs of two characters are merged whatever it is. Null: no limit.
    /// </summary>
    public int? MaxTokenLength { get; init; }

    /// <summary>Threads that cut and count; 0: one a processor. The result does not depend on it.</summary>
    public int Threads { get; init; }

    internal void Check()
    {
        Range("vocabulary size", VocabularySize, 1, LargestVocabulary);
        Range("least frequency", MinFrequency, 0, long.MaxValue);
        Range("limit of the alphabet", LimitAlphabet ?? 1, 0, int.MaxValue);
        Range("greatest token length", MaxTokenLength ?? 1, 1, int.MaxValue);
        Range("threads", Threads, 0, 1024);
        foreach (string token in SpecialTokens ?? [])
        {
            if (token is not { Length: > 0 } || !WellFormedText.Is(token))
            {
                throw new GptxException(GptxErrorKind.InvalidArgument, "SpecialTokenInvalid", "a special token is empty or no valid Unicode: give each at least one character");
            }
        }
    }

    private static void Range(string name, long value, long least, long most)
    {
        if (value < least || value > most)
        {
            string allowed = most is int.MaxValue or long.MaxValue ? $"at least {least}" : $"from {least} to {most}";
            throw new GptxException(GptxErrorKind.InvalidArgument, "OptionOutOfRange", $"{name} {value} is not allowed: it must be {allowed}");
        }
    }
}
