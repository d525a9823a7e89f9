namespace Gptx.Tokenization;

/// <summary>
/// The steps that the patterns of a tokenizer may still take on one text, however many pieces they are run over. The budget is the ten
/// million steps back that the reference allows (a step back counts as ten characters); each piece adds what a linear search of it may need.
/// </summary>
internal sealed class PatternSteps
{
    private const long Most = 100_000_000;

    /// <summary>What is left.</summary>
    public long Left { get; private set; } = Most;

    /// <summary>Begins another text.</summary>
    public void Reset() => Left = Most;

    /// <summary>Takes note of what a search left over of its own share and of this.</summary>
    public void Keep(long left) => Left = Math.Min(Left, Math.Max(left, 0));
}
