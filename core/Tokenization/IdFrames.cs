namespace Gptx.Tokenization;

/// <summary>The ids that a post-processor puts before and behind a text's own.</summary>
internal sealed record IdFrame(int[] Before, int[] Behind);

/// <summary>Finds what a post-processor puts around one text, by letting it process a text of one token.</summary>
internal sealed class IdFrames(IPostProcessor? postProcessor)
{
    private const int TextItself = int.MinValue;

    private readonly IdFrame?[] _frames = new IdFrame?[2];
    private readonly bool[] _known = new bool[2];

    /// <summary>The frame; null where the text does not stand in it once.</summary>
    /// <exception cref="GptxException">The post-processor cannot process one text.</exception>
    public IdFrame? Of(bool addSpecialTokens)
    {
        int index = addSpecialTokens ? 1 : 0;
        if (!Volatile.Read(ref _known[index]))
        {
            _frames[index] = Find(addSpecialTokens);
            Volatile.Write(ref _known[index], true);
        }

        return _frames[index];
    }

    private IdFrame? Find(bool addSpecialTokens)
    {
        var text = new TokenWindow("", [new TokenEntry(TextItself, "", default, 0, 0)]);
        IReadOnlyList<TokenWindow> windows = postProcessor?.Process([text], addSpecialTokens) ?? [text];
        int[] ids = [.. windows.SelectMany(window => window.Tokens).Select(entry => entry.Id)];
        int at = Array.IndexOf(ids, TextItself);
        return ids.Count(id => id == TextItself) == 1 ? new IdFrame(ids[..at], ids[(at + 1)..]) : null;
    }
}
