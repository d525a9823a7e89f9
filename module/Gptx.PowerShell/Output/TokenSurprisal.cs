using Gptx.Interpretation;

namespace Gptx.PowerShell;

/// <summary>How surprising one token of a text is after those before it.</summary>
/// <param name="Text">The text, or its ids.</param>
/// <param name="Index">Which text of the input, from 0.</param>
/// <param name="Position">Which token of the text, from 0.</param>
/// <param name="Token">The token's text.</param>
/// <param name="Id">The token's id.</param>
/// <param name="Start">Where it begins in the text, in UTF-16 units.</param>
/// <param name="Length">How long it is there, in UTF-16 units.</param>
/// <param name="LogProbability">ln of its probability; null for the first token, before which there is nothing.</param>
/// <param name="Surprisal">Minus that: nats.</param>
/// <param name="Rank">1 if the model thought no token more probable.</param>
/// <param name="Model">The model's name.</param>
public sealed record TokenSurprisal(
    string Text,
    int Index,
    int Position,
    string Token,
    int Id,
    int Start,
    int Length,
    double? LogProbability,
    double? Surprisal,
    int? Rank,
    string Model)
{
    /// <summary>The tokens of a scored text.</summary>
    internal static IEnumerable<TokenSurprisal> Of(TextScore score) => score.Tokens.Select(token => new TokenSurprisal(
        score.Text,
        score.Index,
        token.Position,
        token.Token,
        token.Id,
        token.Start,
        token.Length,
        token.LogProbability,
        token.Surprisal,
        token.Rank,
        score.Model));

    /// <summary>The token alone.</summary>
    public override string ToString() => Token;
}
