using Gptx.Figures;

namespace Gptx.Illustrations;

/// <summary>A token on its way into a coloured text.</summary>
/// <param name="Start">Where it begins in the text, in UTF-16 units.</param>
/// <param name="Length">How long it is there; 0 for one that does not stand in the text.</param>
/// <param name="Alone">How it is shown where it does not stand in the text.</param>
/// <param name="Value">Its value.</param>
/// <param name="Note">What hover shows.</param>
internal sealed record PlacedToken(int Start, int Length, string Alone, double? Value, string Note);

/// <summary>Tokens as pieces of the text they stand in: what lies between them stays, and tokens that share a character are one piece, with their number.</summary>
internal static class TextPieces
{
    /// <summary>The pieces, which joined are the text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="tokens">Its tokens, in order.</param>
    /// <param name="isCounted">Whether the number of tokens that share a character is written behind it.</param>
    public static IEnumerable<TextPiece> Of(string text, IReadOnlyList<PlacedToken> tokens, bool isCounted)
    {
        var place = 0;
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            if (token.Length == 0)
            {
                yield return new TextPiece(token.Alone, token.Value, token.Note) { IsToken = true };
                continue;
            }

            if (token.Start > place)
            {
                yield return new TextPiece(text[place..token.Start]);
            }

            var together = tokens.Skip(i).TakeWhile(other => other.Start == token.Start && other.Length == token.Length).ToList();
            var shown = text.Substring(token.Start, token.Length) + (isCounted && together.Count > 1 ? $"×{together.Count}" : "");
            var value = together.All(each => each.Value is null) ? null : together.Sum(each => each.Value);
            yield return new TextPiece(shown, value, string.Join('\n', together.Select(each => each.Note))) { IsToken = true };
            place = Math.Max(place, token.Start + token.Length);
            i += together.Count - 1;
        }

        if (tokens.Any(token => token.Length > 0) && place < text.Length)
        {
            yield return new TextPiece(text[place..]);
        }
    }
}
