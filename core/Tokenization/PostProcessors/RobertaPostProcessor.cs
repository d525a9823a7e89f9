namespace Gptx.Tokenization;

/// <summary><c>&lt;s&gt; text &lt;/s&gt;</c>, for a pair <c>&lt;s&gt; text &lt;/s&gt;&lt;/s&gt; pair &lt;/s&gt;</c>; all type ids are 0.</summary>
internal sealed class RobertaPostProcessor : IPostProcessor
{
    private readonly NamedToken _begin;
    private readonly NamedToken _separator;
    private readonly bool _trimOffsets;
    private readonly bool _addPrefixSpace;

    public RobertaPostProcessor(NamedToken begin, NamedToken separator, bool trimOffsets, bool addPrefixSpace)
    {
        _begin = begin;
        _separator = separator;
        _trimOffsets = trimOffsets;
        _addPrefixSpace = addPrefixSpace;
    }

    public int AddedTokenCount(bool isPair) => isPair ? 4 : 2;

    public IReadOnlyList<TokenWindow> Process(IReadOnlyList<TokenWindow> windows, bool addSpecialTokens)
    {
        foreach (TokenWindow window in windows)
        {
            if (_trimOffsets)
            {
                OffsetTrimming.Trim(window, _addPrefixSpace);
            }

            window.SetTypeId(0);
            if (addSpecialTokens)
            {
                window.Overflowing.ForEach(other => other.SetTypeId(0));
            }
        }

        if (!addSpecialTokens)
        {
            return windows;
        }

        return [.. windows.Select((window, i) => NamedToken.Enclose(window, i == 0 ? _begin : _separator, _separator, typeId: 0))];
    }
}
