using Gptx.Figures;
using Gptx.Inference;

namespace Gptx.Illustrations;

/// <summary>Texts cut into tokens: each token on a ground of its own colour.</summary>
public static class TokenFigure
{
    /// <summary>The figure of tokens, a panel a text.</summary>
    public static Figure Of(IReadOnlyList<TextToken> tokens)
    {
        List<TextToken[]> texts = [.. tokens.GroupBy(token => token.Index).Select(text => text.ToArray())];
        var title = texts is [var only] ? $"Tokens of {TitledText.Of(only[0].Text)}: {only.Length}" : $"Tokens of {texts.Count} texts";
        return new Figure(title, [.. texts.Select(text => new ColouredText([.. TextPieces.Of(text[0].Text, [.. text.Select(Placed)], isCounted: true)]) { Title = texts.Count == 1 ? null : $"text {text[0].Index}: {text.Length}" })])
        {
            Caption = $"Each colour change is a border between tokens. Model: {VisibleText.OneLine(tokens.FirstOrDefault()?.Model ?? "")}.",
        };
    }

    private static PlacedToken Placed(TextToken token) => new(
        token.Start, token.Length, token.IsSpecial ? token.Value : token.Token, null, $"token {token.Position}: {VisibleText.OfToken(token.Value)}, id {token.Id}");
}
