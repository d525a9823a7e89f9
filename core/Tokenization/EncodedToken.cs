using System.Runtime.InteropServices;

namespace Gptx.Tokenization;

/// <summary>One token of an encoded text.</summary>
/// <param name="Id">The token's row in the vocabulary and in the model's embedding table.</param>
/// <param name="Value">The token as the vocabulary writes it, for example <c>Ġcat</c>; for an added token the text that it matched.</param>
/// <param name="Text">The text that this token stands for behind others, for example <c> cat</c>; U+FFFD stands for bytes that are no whole character.</param>
/// <param name="Start">Where the token begins in the source text, in UTF-16 units. Tokens that share one character share its range.</param>
/// <param name="Length">How much of the source text the token covers, in UTF-16 units; 0 for a token that the template put in.</param>
/// <param name="IsSpecial">Whether the token is special: declared so by the vocabulary, or put in by the template.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct EncodedToken(int Id, string Value, string Text, int Start, int Length, bool IsSpecial);
