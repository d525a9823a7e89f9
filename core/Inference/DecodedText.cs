namespace Gptx.Inference;

/// <summary>The text that token ids stand for.</summary>
/// <param name="Text">The text; U+FFFD stands for bytes that are no whole character.</param>
/// <param name="Index">Which list of ids of the input, from 0.</param>
/// <param name="Ids">The ids.</param>
/// <param name="Tokens">The texts of the tokens, each alone.</param>
/// <param name="Model">The model's name.</param>
public sealed record DecodedText(string Text, int Index, IReadOnlyList<int> Ids, IReadOnlyList<string> Tokens, string Model)
{
    /// <summary>Decodes ids.</summary>
    /// <param name="tokenizer">The model's tokenizer.</param>
    /// <param name="ids">The ids, known to the tokenizer.</param>
    /// <param name="skipSpecialTokens">Whether special tokens are left out of the text.</param>
    /// <param name="index">Which list of ids of the input.</param>
    /// <exception cref="GptxException"><c>TokenizerMissing</c>, <c>TextEmpty</c> or <c>TokenIdUnknown</c>.</exception>
    public static DecodedText Of(ModelTokenizer tokenizer, IReadOnlyList<int> ids, bool skipSpecialTokens = false, int index = 0)
    {
        var tokens = tokenizer.Read(ids).Tokens;
        return new DecodedText(tokenizer.RequireTokenizer().Decode(ids, skipSpecialTokens), index, ids, [.. tokens.Select(token => token.Text)], tokenizer.Name);
    }
}
