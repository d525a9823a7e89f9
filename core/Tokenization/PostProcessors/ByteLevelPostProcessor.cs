namespace Gptx.Tokenization;

/// <summary>Puts nothing in; trims offsets if asked to.</summary>
internal sealed class ByteLevelPostProcessor : IPostProcessor
{
    private readonly bool _trimOffsets;
    private readonly bool _addPrefixSpace;

    public ByteLevelPostProcessor(bool trimOffsets, bool addPrefixSpace)
    {
        _trimOffsets = trimOffsets;
        _addPrefixSpace = addPrefixSpace;
    }

    public int AddedTokenCount(bool isPair) => 0;

    public IReadOnlyList<TokenWindow> Process(IReadOnlyList<TokenWindow> windows, bool addSpecialTokens)
    {
        for (int i = 0; i < windows.Count; i++)
        {
            if (_trimOffsets)
            {
                OffsetTrimming.Trim(windows[i], _addPrefixSpace);
            }

            windows[i].SetSequence(i);
        }

        return windows;
    }
}
