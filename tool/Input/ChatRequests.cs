using Gptx.Chat;

namespace Gptx.Tool.Input;

/// <summary>Makes requests of rows: what holds for all of them, and what each says.</summary>
internal sealed class ChatRequests(ChatRequest defaults, string? system)
{
    /// <summary>The conversation of a row.</summary>
    /// <exception cref="GptxException"><c>ChatInputInvalid</c>, <c>ChatMessageInvalid</c>.</exception>
    public ChatRequest Of(TextRow row) => Conversation.Of(row, defaults, system);
}
