using Gptx.Inference;

namespace Gptx.PowerShell;

/// <summary>A word or phrase as it stands in running text: with the space before it, which most vocabularies write into the token.</summary>
internal static class RunningText
{
    /// <summary>The tokens of a text with a space before it; text that begins with white space is taken as it is.</summary>
    /// <exception cref="GptxException"><c>TextEmpty</c>; <c>TokenizerMissing</c>.</exception>
    public static TokenSequence Tokens(LanguageModel model, string text)
    {
        var inText = text.Length == 0 || char.IsWhiteSpace(text[0]) ? text : " " + text;
        var tokens = model.RequireTokenizer().EncodeToTokens(inText, addSpecialTokens: false);
        TokenCheck.Ids([.. tokens.Select(token => token.Id)], model.Shape);
        return new TokenSequence(text, tokens);
    }
}
