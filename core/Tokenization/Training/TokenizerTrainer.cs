using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace Gptx.Tokenization.Training;

/// <summary>
/// Learns a tokenizer from text: <see cref="Add"/> counts words, as often as there is text, and <see cref="Train"/> learns from the counts.
/// The result depends on the texts and options alone, not on their order, on how they were handed in or on threads.
/// </summary>
/// <remarks>
/// Follows the trainers of Hugging Face tokenizers 0.23: BPE without prefix or suffix gives the same file, byte for byte. Where that one leaves
/// a choice to the order of a hash table (ids of characters with a prefix, equals at the limit of an alphabet), ours is the order of
/// characters. Only distinct words and their counts are held. Not safe for concurrent use.
/// </remarks>
public sealed class TokenizerTrainer
{
    private const int CharactersOfBatch = 1 << 16;
    private readonly TokenizerTrainingOptions _options;
    private readonly TokenizerBlueprint _blueprint;
    private readonly WordCounts _words = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private long _texts;
    private long _characters;

    /// <summary>Begins a training.</summary>
    /// <param name="blueprint">All of the tokenizer but its vocabulary.</param>
    /// <param name="options">What is asked for.</param>
    /// <exception cref="GptxException">
    /// <c>OptionOutOfRange</c>; <c>SpecialTokenInvalid</c>; <c>SpecialTokenMissing</c>: the blueprint's post-processor or padding names a token that
    /// is not among the special ones.
    /// </exception>
    public TokenizerTrainer(TokenizerBlueprint blueprint, TokenizerTrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(blueprint);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        _blueprint = blueprint;
        _options = blueprint.Complete(options);
        blueprint.CheckReferences(_options);
    }

    /// <summary>The UTF-16 units counted so far.</summary>
    public long Characters => Interlocked.Read(ref _characters);

    /// <summary>Cuts texts into words and counts them. No word reaches from one text into the next; special tokens are text like any other.</summary>
    /// <param name="texts">The texts, for example the lines of a file; they are taken one after the other, while earlier ones are counted.</param>
    /// <param name="progress">Is told of characters counted, by several threads.</param>
    /// <param name="cancellation">Ends the work; the trainer is of no use afterwards.</param>
    /// <exception cref="GptxException"><c>PatternTooSlow</c>: a regular expression of the blueprint runs away on a text.</exception>
    public void Add(IEnumerable<string> texts, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = _options.Threads > 0 ? _options.Threads : Environment.ProcessorCount,
            CancellationToken = cancellation,
        };
        try
        {
            Parallel.ForEach(
                Partitioner.Create(Batches(texts), EnumerablePartitionerOptions.NoBuffering),
                parallel,
                () => new WordCounter(_blueprint, _words),
                (batch, _, counter) => Count(batch, counter, progress, cancellation),
                counter => counter.Flush());
        }
        catch (AggregateException errors)
        {
            ExceptionDispatchInfo.Throw(errors.Flatten().InnerExceptions[0]);
        }
    }

    /// <summary>Learns the vocabulary from all that was added.</summary>
    /// <param name="progress">Is told of tokens in the vocabulary.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="GptxException">
    /// <c>TrainingTextEmpty</c>: nothing was added that has a word; <c>VocabularyTooSmall</c>: special tokens and alphabet alone are more than was
    /// asked for; <c>TrainingTextTooLarge</c>.
    /// </exception>
    public TrainedTokenizer Train(IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        List<WordCount> words = _words.Ordered();
        if (words.Count == 0)
        {
            throw new GptxException(GptxErrorKind.InvalidInput, "TrainingTextEmpty", "there is nothing to learn from: the text has no words");
        }

        return LearnFrom(words, progress, cancellation);
    }

    /// <summary>Learns from words in a given order, which decides ids where a prefix or suffix makes tokens.</summary>
    internal TrainedTokenizer LearnFrom(IReadOnlyList<WordCount> words, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        var marks = new WordMarks(_options.ContinuingSubwordPrefix ?? "", _options.EndOfWordSuffix ?? "");
        return new TrainedTokenizer(_blueprint, _options, new BpeTrainer(_options, marks).Train(words, progress, cancellation))
        {
            Texts = _texts,
            Characters = _characters,
            Words = words.Sum(word => word.Count),
            DistinctWords = words.Count,
            Seconds = _clock.Elapsed.TotalSeconds,
        };
    }

    /// <summary>The words counted so far, in ordinal order.</summary>
    internal List<WordCount> CountedWords() => _words.Ordered();

    private WordCounter Count(List<string> batch, WordCounter counter, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        long characters = 0;
        foreach (string text in batch)
        {
            cancellation.ThrowIfCancellationRequested();
            counter.Count(text);
            characters += text.Length;
        }

        Interlocked.Add(ref _texts, batch.Count);
        progress?.Report(new TrainingProgress(TrainingStage.Counting, Interlocked.Add(ref _characters, characters), null));
        return counter;
    }

    private static IEnumerable<List<string>> Batches(IEnumerable<string> texts)
    {
        var batch = new List<string>();
        int characters = 0;
        foreach (string text in texts)
        {
            batch.Add(text);
            characters += text.Length;
            if (characters >= CharactersOfBatch)
            {
                yield return batch;
                batch = [];
                characters = 0;
            }
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }
}
