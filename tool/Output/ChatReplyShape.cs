using Gptx.Chat;
using Gptx.Generation;

namespace Gptx.Tool.Output;

/// <summary>The fields of an answer in a conversation: the message, the sizes, and those of a generated text.</summary>
internal static class ChatReplyShape
{
    private static readonly RecordShape<ChatReply> Whole = new(
    [
        new("message", reply => reply.Message.Json),
        new("promptTokens", reply => reply.PromptTokens),
        new("answerTokens", reply => reply.AnswerTokens),
        .. GeneratedTextShape.Whole.Fields.Select(field => new Field<ChatReply>(field.Name, reply => field.Value(reply.Generated))),
    ]);

    public static Report<ChatReply> Report { get; } = new()
    {
        Shape = Whole,
        CsvLines = reply =>
        [
            .. GeneratedTextShape.CsvLines(reply.Generated).Select(line => (IReadOnlyList<KeyValuePair<string, object?>>)
            [
                .. Whole.Fields.Take(3).Select(field => KeyValuePair.Create(field.Name, field.Value(reply))),
                .. line,
            ]),
        ],
        Show = (_, _) => { },
    };

    /// <summary>A turn of a conversation that goes on: a line.</summary>
    public static RecordShape<ChatTurn> Turn { get; } = new(
        new("turn", turn => turn.Number),
        new("user", turn => turn.User),
        new("message", turn => turn.Answer.Json),
        new("text", turn => turn.Answer.Text),
        new("promptTokens", turn => turn.PromptTokens),
        new("reusedTokens", turn => turn.ReusedTokens),
        new("answerTokens", turn => turn.AnswerTokens),
        new("leftOut", turn => turn.LeftOut),
        new("finishReason", turn => turn.FinishReason),
        new("seed", turn => turn.Seed),
        new("model", turn => turn.Model));
}

/// <summary>A turn of a conversation: what the user said, and the answer.</summary>
/// <param name="Number">Which turn, from 0.</param>
/// <param name="User">What the user said.</param>
/// <param name="Answer">The answer.</param>
/// <param name="PromptTokens">Tokens of the conversation before the answer.</param>
/// <param name="ReusedTokens">Those of them that the model had read before.</param>
/// <param name="AnswerTokens">Tokens of the answer.</param>
/// <param name="LeftOut">Messages that the model was not given, since the context is full.</param>
/// <param name="FinishReason">Why the answer ended; null where it was stopped.</param>
/// <param name="Seed">The seed of the draws.</param>
/// <param name="Model">The model's name.</param>
internal sealed record ChatTurn(
    int Number, string User, ChatMessage Answer, int PromptTokens, int ReusedTokens, int AnswerTokens, int LeftOut, FinishReason? FinishReason, ulong Seed, string Model);
