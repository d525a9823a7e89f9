namespace Gptx.Tokenization;

/// <summary>Puts in the model's own tokens, such as begin and end of text, and sets type ids and offsets.</summary>
internal interface IPostProcessor
{
    /// <summary>How many tokens it puts in; truncation keeps room for them.</summary>
    int AddedTokenCount(bool isPair);

    /// <summary>Processes the text's window, or the text's and the pair's. May change them; the result's windows are put one after the other.</summary>
    IReadOnlyList<TokenWindow> Process(IReadOnlyList<TokenWindow> windows, bool addSpecialTokens);
}
