using System.Text;

namespace Gptx.Tokenization.Training;

/// <summary>A tokenizer that was just learnt, with what it was learnt from.</summary>
public sealed class TrainedTokenizer
{
    private readonly TokenizerBlueprint _blueprint;
    private readonly TokenizerTrainingOptions _options;
    private readonly LearntVocabulary _learnt;

    internal TrainedTokenizer(TokenizerBlueprint blueprint, TokenizerTrainingOptions options, LearntVocabulary learnt)
    {
        _blueprint = blueprint;
        _options = options;
        _learnt = learnt;
    }

    /// <summary>The kind of its model.</summary>
    public TokenizerModelKind Kind => _blueprint.Kind;

    /// <summary>The number of tokens.</summary>
    public int VocabularySize => _learnt.Tokens.Count;

    /// <summary>The number of merges that were learnt.</summary>
    public int MergeCount => _learnt.Merges.Count;

    /// <summary>The number of tokens that stand for one character or byte.</summary>
    public int AlphabetSize => _learnt.AlphabetSize;

    /// <summary>The special tokens, which have the first ids.</summary>
    public IReadOnlyList<string> SpecialTokens => [.. _options.SpecialTokens!.Distinct()];

    /// <summary>The tokens by id.</summary>
    public IReadOnlyList<string> Tokens => _learnt.Tokens;

    /// <summary>The number of texts it was learnt from.</summary>
    public long Texts { get; internal init; }

    /// <summary>Their length, in UTF-16 units.</summary>
    public long Characters { get; internal init; }

    /// <summary>The number of words that they were cut into.</summary>
    public long Words { get; internal init; }

    /// <summary>How many different words these are.</summary>
    public long DistinctWords { get; internal init; }

    /// <summary>Seconds since the training began.</summary>
    public double Seconds { get; internal init; }

    /// <summary>What was learnt and from what, in numbers.</summary>
    /// <param name="path">Where the tokenizer was written.</param>
    public TrainingSummary Summary(string path) => new(
        path, Kind, VocabularySize, SpecialTokens, AlphabetSize, MergeCount, Texts, Characters, Words, DistinctWords, Seconds);

    /// <summary>Writes it as a <c>tokenizer.json</c>, laid out as Hugging Face tokenizers does it; UTF-8.</summary>
    public void WriteTo(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 1 << 16, leaveOpen: true);
        new TokenizerJsonWriter(writer, _blueprint, _options).Write(_learnt);
    }

    /// <summary>The tokenizer, ready for use.</summary>
    public Tokenizer ToTokenizer()
    {
        using var json = new MemoryStream();
        WriteTo(json);
        return TokenizerJson.Read(json.ToArray(), "the trained tokenizer");
    }
}
