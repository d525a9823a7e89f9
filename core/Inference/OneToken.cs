using System.Globalization;

namespace Gptx.Inference;

/// <summary>A single token as a person names it.</summary>
public static class OneToken
{
    /// <summary>The id of a token: a text that is one token, spaces counted, or <c>#</c> and an id.</summary>
    /// <exception cref="GptxException"><c>TokenNotSingle</c>: the text is several tokens; <c>TokenIdUnknown</c>; <c>TokenizerMissing</c>.</exception>
    public static int Of(LanguageModel model, string text)
    {
        if (text.StartsWith('#') && int.TryParse(text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            TokenCheck.Ids([id], model.Shape);
            return id;
        }

        var ids = model.RequireTokenizer().EncodeToTokens(text, addSpecialTokens: false);
        return ids is [var only] ? only.Id : throw new GptxException(
            GptxErrorKind.InvalidArgument,
            "TokenNotSingle",
            $"'{text}' is {ids.Count} tokens{(ids.Count == 0 ? "" : $" ({string.Join(", ", ids.Select(token => $"'{token.Text}'"))})")}: name one, for example with the space before it, or #ID");
    }
}
