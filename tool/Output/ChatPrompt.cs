using Gptx.Inference;

namespace Gptx.Tool.Output;

/// <summary>The prompt that a conversation becomes.</summary>
internal sealed record ChatPrompt(TokenSequence Tokens, int Index, string Model)
{
    public static Report<ChatPrompt> Report { get; } = new()
    {
        Shape = new(
            new("prompt", prompt => prompt.Tokens.Text),
            new("index", prompt => prompt.Index),
            new("promptTokens", prompt => prompt.Tokens.Count),
            new("ids", prompt => prompt.Tokens.Ids),
            new("model", prompt => prompt.Model)),
        PlainText = (writer, prompt) => writer.Write(JsonValue.WellFormed(prompt.Tokens.Text!) + "\n"),
        Show = (screen, all) =>
        {
            foreach (var prompt in all)
            {
                screen.Line(VisibleText.Running(prompt.Tokens.Text!));
            }
        },
    };
}
