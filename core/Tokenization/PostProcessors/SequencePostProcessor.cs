namespace Gptx.Tokenization;

/// <summary>Several post-processors, one after the other.</summary>
internal sealed class SequencePostProcessor : IPostProcessor
{
    private readonly IReadOnlyList<IPostProcessor> _processors;

    public SequencePostProcessor(IReadOnlyList<IPostProcessor> processors)
    {
        _processors = processors;
    }

    public int AddedTokenCount(bool isPair) => _processors.Sum(processor => processor.AddedTokenCount(isPair));

    public IReadOnlyList<TokenWindow> Process(IReadOnlyList<TokenWindow> windows, bool addSpecialTokens) =>
        _processors.Aggregate(windows, (current, processor) => processor.Process(current, addSpecialTokens));
}
