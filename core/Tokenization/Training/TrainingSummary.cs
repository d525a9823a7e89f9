namespace Gptx.Tokenization.Training;

/// <summary>What was learnt, and from what.</summary>
/// <param name="Path">Where the tokenizer was written.</param>
/// <param name="Kind">The kind of its model.</param>
/// <param name="VocabularySize">Tokens in all.</param>
/// <param name="SpecialTokens">The special tokens, which have the first ids.</param>
/// <param name="AlphabetSize">Tokens for one character or byte.</param>
/// <param name="Merges">Merges that were learnt.</param>
/// <param name="Texts">Texts it was learnt from.</param>
/// <param name="Characters">Their length, in UTF-16 units.</param>
/// <param name="Words">Words that they were cut into.</param>
/// <param name="DistinctWords">How many of these are different.</param>
/// <param name="Seconds">How long it took.</param>
public sealed record TrainingSummary(
    string Path,
    TokenizerModelKind Kind,
    int VocabularySize,
    IReadOnlyList<string> SpecialTokens,
    int AlphabetSize,
    int Merges,
    long Texts,
    long Characters,
    long Words,
    long DistinctWords,
    double Seconds)
{
    /// <summary>Where it was written.</summary>
    public override string ToString() => Path;
}
