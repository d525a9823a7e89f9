namespace Gptx.PowerShell;

/// <summary>One token of a text.</summary>
/// <param name="Text">The text, or its ids.</param>
/// <param name="Index">Which text of the input, from 0.</param>
/// <param name="Position">Which token of the text, from 0.</param>
/// <param name="Token">The token's text.</param>
/// <param name="Id">The token's id.</param>
/// <param name="Start">Where it begins in the text, in UTF-16 units.</param>
/// <param name="Length">How long it is there, in UTF-16 units.</param>
/// <param name="Value">The token as the vocabulary writes it.</param>
/// <param name="IsSpecial">Whether the token is special.</param>
/// <param name="Model">The model's name.</param>
public sealed record TextToken(
    string Text, int Index, int Position, string Token, int Id, int Start, int Length, string Value, bool IsSpecial, string Model);
