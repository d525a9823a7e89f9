using System.Globalization;
using Gptx.Inference;
using Spectre.Console;

namespace Gptx.Tool.Terminal;

/// <summary>
/// Tokens for a person: the text cut into them, in colours that take turns, then how many there are, then a table. Without colour a bar
/// stands between the tokens.
/// </summary>
internal static class TokenPicture
{
    private const char Border = '|';

    // Light ones with black letters: they look alike on light and on dark terminals. All are in the palette of 256 colours.
    private static readonly Style[] Styles =
    [
        .. ((Color[])[new(175, 215, 255), new(255, 215, 175), new(175, 255, 175), new(255, 175, 215), new(215, 175, 255)])
            .Select(background => new Style(new Color(0, 0, 0), background)),
    ];

    private static readonly Style Special = new(decoration: Decoration.Underline);

    public static void Show(Screen screen, IReadOnlyList<TextToken> tokens)
    {
        foreach (var text in tokens.GroupBy(token => token.Index))
        {
            TextToken[] all = [.. text];
            screen.Draw(Strip(screen, all));
            screen.Line();
            screen.Line();
            screen.Line(Count(all));
            screen.Table(
                [">position", "token", ">id", ">start", ">length"],
                all.Select(token => (string[])
                [
                    $"{token.Position}", VisibleText.OfToken(token.Token), $"{token.Id}", $"{token.Start}", $"{token.Length}",
                ]));
        }
    }

    private static Paragraph Strip(Screen screen, TextToken[] tokens)
    {
        var strip = new Paragraph();
        var place = 0;
        var number = 0;
        for (var i = 0; i < tokens.Length; i++)
        {
            var token = tokens[i];
            if (i > 0 && !screen.HasColour)
            {
                strip.Append($"{Border}");
            }

            // Tokens that share a character share its place: it is shown once, with their number.
            var together = tokens.Skip(i + 1).TakeWhile(other => other.Length > 0 && other.Start == token.Start && other.Length == token.Length).Count() + 1;
            together = token.Length > 0 ? together : 1;
            if (token.Length > 0 && token.Start > place)
            {
                strip.Append(Visible(token.Text[place..token.Start]));
            }

            var shown = token.Length > 0 ? Visible(token.Text.Substring(token.Start, token.Length)) : VisibleText.OfToken(token.IsSpecial ? token.Value : token.Token);
            var style = token is { Length: 0, IsSpecial: true } ? Special : Styles[number++ % Styles.Length];
            strip.Append(together > 1 ? $"{shown}×{together}" : shown, screen.HasColour ? style : Style.Plain);
            place = Math.Max(place, token.Length > 0 ? token.Start + token.Length : place);
            i += together - 1;
        }

        var isText = tokens.Any(token => token.Length > 0);
        if (isText && place < tokens[0].Text.Length)
        {
            strip.Append(Visible(tokens[0].Text[place..]));
        }

        return strip;
    }

    // A line end is seen, and ends the line.
    private static string Visible(string text) => VisibleText.OfToken(text.ReplaceLineEndings("\n")).Replace("\\n", "↵\n", StringComparison.Ordinal);

    private static string Count(TextToken[] tokens)
    {
        var special = tokens.Count(token => token.IsSpecial);
        var count = $"{tokens.Length} tokens{(special > 0 ? $", {special} of them special" : "")}";
        if (tokens.All(token => token.Length == 0))
        {
            return count;
        }

        var characters = tokens[0].Text.EnumerateRunes().Count();
        var each = ((double)characters / tokens.Length).ToString("0.00", CultureInfo.InvariantCulture);
        return $"{count}, {characters} characters: {each} a token";
    }
}
