namespace Gptx.Tokenization;

/// <summary><c>[CLS] text [SEP]</c>, and for a pair <c>[CLS] text [SEP] pair [SEP]</c> with type id 1 from the pair on.</summary>
internal sealed class BertPostProcessor : IPostProcessor
{
    private readonly NamedToken _begin;
    private readonly NamedToken _separator;

    public BertPostProcessor(NamedToken begin, NamedToken separator)
    {
        _begin = begin;
        _separator = separator;
    }

    public int AddedTokenCount(bool isPair) => isPair ? 3 : 2;

    public IReadOnlyList<TokenWindow> Process(IReadOnlyList<TokenWindow> windows, bool addSpecialTokens)
    {
        if (!addSpecialTokens)
        {
            return windows;
        }

        return [.. windows.Select((window, i) => i == 0
            ? NamedToken.Enclose(window, _begin, _separator, typeId: 0)
            : NamedToken.Enclose(window, before: null, _separator, typeId: 1))];
    }
}
