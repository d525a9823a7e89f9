namespace Gptx.Inference;

/// <summary>One token of a text, and whose it is.</summary>
/// <param name="Text">The text, or its ids.</param>
/// <param name="Index">Which text of the input, from 0.</param>
/// <param name="Position">Which token of the text, from 0.</param>
/// <param name="Token">The token's text.</param>
/// <param name="Id">The token's id.</param>
/// <param name="Start">Where it begins in the text, in UTF-16 units; 0 where ids were given.</param>
/// <param name="Length">How long it is there, in UTF-16 units; 0 where ids were given, and for tokens that are not in the text.</param>
/// <param name="Value">The token as the vocabulary writes it.</param>
/// <param name="IsSpecial">Whether it is a special token.</param>
/// <param name="Model">The model's name.</param>
public sealed record TextToken(
    string Text, int Index, int Position, string Token, int Id, int Start, int Length, string Value, bool IsSpecial, string Model)
{
    /// <summary>The tokens of a text, one after the other.</summary>
    /// <param name="text">The text.</param>
    /// <param name="index">Which text of the input.</param>
    /// <param name="model">The model's name.</param>
    public static IReadOnlyList<TextToken> Of(TokenSequence text, int index, string model) =>
        [.. text.Tokens.Select((token, position) => new TextToken(
            text.Label, index, position, token.Text, token.Id, token.Start, token.Length, token.Value, token.IsSpecial, model))];

    /// <summary>The token alone.</summary>
    public override string ToString() => Token;
}
