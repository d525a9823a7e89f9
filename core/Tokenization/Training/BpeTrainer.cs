namespace Gptx.Tokenization.Training;

/// <summary>
/// Learns merges from counted words: the pair of tokens that stands in them most often becomes a token, again and again. Source: the
/// algorithm of Hugging Face tokenizers 0.23, <c>models/bpe/trainer.rs</c>, which it follows in every choice that a file shows.
/// </summary>
/// <remarks>Counts are kept up with each merge, and only words that hold the pair are looked at. One thread: the words are few.</remarks>
internal sealed class BpeTrainer(TokenizerTrainingOptions options, WordMarks marks)
{
    private const int MergesBetweenReports = 64;

    /// <summary>Learns a vocabulary.</summary>
    /// <param name="words">Distinct words with their counts; tokens with a prefix or suffix get their ids in the order in which words bring them.</param>
    /// <param name="progress">Is told of tokens in the vocabulary.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="GptxException"><c>VocabularyTooSmall</c>; <c>TrainingTextTooLarge</c>.</exception>
    public LearntVocabulary Train(IReadOnlyList<WordCount> words, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        var vocabulary = new TrainingVocabulary();
        foreach (string token in options.SpecialTokens ?? [])
        {
            vocabulary.IdOf(token);
        }

        int special = vocabulary.Count;
        vocabulary.AddAlphabet(words, options.InitialAlphabet ?? "", options.LimitAlphabet);
        var symbols = new WordSymbols(words, vocabulary, marks, withLengths: options.MaxTokenLength is not null);
        int alphabet = vocabulary.Count - special;
        if (vocabulary.Count > options.VocabularySize)
        {
            throw new GptxException(
                GptxErrorKind.InvalidArgument, "VocabularyTooSmall", $"a vocabulary of {options.VocabularySize} is too small: {special} special tokens and an alphabet of {alphabet} need {vocabulary.Count}; ask for more tokens, or limit the alphabet");
        }

        PairChanges pairs = Count(symbols, cancellation);
        return new LearntVocabulary(vocabulary.Tokens, Merge(symbols, pairs, vocabulary, progress, cancellation), alphabet);
    }

    private static PairChanges Count(WordSymbols symbols, CancellationToken cancellation)
    {
        var pairs = new PairChanges(symbols);
        for (int word = 0; word < symbols.Count; word++)
        {
            cancellation.ThrowIfCancellationRequested();
            ReadOnlySpan<int> ids = symbols[word];
            for (int i = 1; i < ids.Length; i++)
            {
                pairs.Come(word, new TokenPair(ids[i - 1], ids[i]));
            }
        }

        return pairs;
    }

    private List<TokenPair> Merge(WordSymbols symbols, PairChanges pairs, TrainingVocabulary vocabulary, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        var merges = new List<TokenPair>();
        var queue = new MergeQueue();
        pairs.MoveTo(queue);
        while (vocabulary.Count < options.VocabularySize && queue.TryTake(out MergeCandidate? best))
        {
            cancellation.ThrowIfCancellationRequested();
            long count = pairs.CountOf(best.Pair);
            if (count != best.Count)
            {
                queue.Add(best with { Count = count });
                continue;
            }

            if (count == 0 || (count > 0 && count < options.MinFrequency))
            {
                break;
            }

            int merged = vocabulary.IdOf(TextOf(best.Pair, vocabulary));
            merges.Add(best.Pair);
            foreach (int word in best.Words)
            {
                symbols.Merge(word, best.Pair, merged, options.MaxTokenLength ?? int.MaxValue, pairs);
            }

            pairs.MoveTo(queue);
            if (merges.Count % MergesBetweenReports == 0)
            {
                progress?.Report(new TrainingProgress(TrainingStage.Merging, vocabulary.Count, options.VocabularySize));
            }
        }

        return LastOfEach(merges);
    }

    private string TextOf(TokenPair pair, TrainingVocabulary vocabulary)
    {
        string right = vocabulary[pair.Right];
        bool isMarked = marks.ContinuingPrefix.Length > 0 && right.StartsWith(marks.ContinuingPrefix, StringComparison.Ordinal);
        return vocabulary[pair.Left] + (isMarked ? right[marks.ContinuingPrefix.Length..] : right);
    }

    // A pair can be merged twice where a token that exists comes about in a second way; then the later rank is the one that stays.
    private static List<TokenPair> LastOfEach(List<TokenPair> merges)
    {
        var seen = new HashSet<TokenPair>();
        var last = new List<TokenPair>(merges.Count);
        foreach (TokenPair merge in Enumerable.Reverse(merges))
        {
            if (seen.Add(merge))
            {
                last.Add(merge);
            }
        }

        last.Reverse();
        return last;
    }
}

/// <summary>What was learnt: tokens by id, merges by rank, and how many of the tokens are the alphabet.</summary>
internal sealed record LearntVocabulary(IReadOnlyList<string> Tokens, IReadOnlyList<TokenPair> Merges, int AlphabetSize);
