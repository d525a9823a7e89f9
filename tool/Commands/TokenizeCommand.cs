using Gptx.Inference;
using Gptx.Tool.Output;
using Gptx.Tool.Terminal;

namespace Gptx.Tool.Commands;

/// <summary>gptx tokenize: the tokens of texts, with their ids and places.</summary>
internal sealed class TokenizeCommand() : TextCommand<TextToken>("tokenize", "Show the tokens of texts: their ids, and where they stand in the text.")
{
    private static readonly RecordShape<TextToken> Shape = new(
        new("text", token => token.Text),
        new("index", token => token.Index),
        new("position", token => token.Position),
        new("token", token => token.Token),
        new("id", token => token.Id),
        new("start", token => token.Start),
        new("length", token => token.Length),
        new("value", token => token.Value),
        new("isSpecial", token => token.IsSpecial),
        new("model", token => token.Model));

    public override IReadOnlyList<string> Examples =>
    [
        "gptx tokenize \"The king rode out.\"",
        "gptx tokenize --input notes.txt --csv --out tokens.csv",
    ];

    protected override Report<TextToken> Report(Invocation run) => new() { Shape = Shape, Show = Show };

    protected override IReadOnlyList<TextToken> Compute(Invocation run, LanguageModel model, IReadOnlyList<TokenSequence> texts, int firstIndex) =>
        [.. texts.SelectMany((text, row) => TextToken.Of(model, text, firstIndex + row))];

    protected override int IndexOf(TextToken result) => result.Index;

    private static void Show(Screen screen, IReadOnlyList<TextToken> tokens)
    {
        foreach (var text in tokens.GroupBy(token => token.Index))
        {
            screen.Heading(VisibleText.Shorten(VisibleText.OneLine(text.First().Text), screen.Width));
            screen.Table(
                [">position", "token", ">id", ">start", ">length"],
                text.Select(token => (string[])
                [
                    $"{token.Position}", VisibleText.OfToken(token.Token), $"{token.Id}", $"{token.Start}", $"{token.Length}",
                ]));
        }
    }
}
