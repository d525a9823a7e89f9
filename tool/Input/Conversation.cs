using System.Text.Json;
using Gptx.Chat;

namespace Gptx.Tool.Input;

/// <summary>
/// A conversation as JSON: a list of messages, or an object with <c>messages</c> and what goes with them, in the names that transformers and the
/// usual servers have for it.
/// </summary>
internal static class Conversation
{
    private const string System = "system";

    /// <summary>Reads a row.</summary>
    /// <param name="row">A row with a conversation, or with a text, which is what the user says.</param>
    /// <param name="defaults">What holds where the row does not say.</param>
    /// <param name="system">A system message for conversations that have none.</param>
    /// <exception cref="GptxException"><c>ChatInputInvalid</c>, <c>ChatMessageInvalid</c>.</exception>
    public static ChatRequest Of(TextRow row, ChatRequest defaults, string? system)
    {
        var request = row.Conversation is { } json ? Read(json, defaults)
            : row.Text is { } text ? defaults with { Messages = [new ChatMessage("user", text)] }
            : throw JsonFile.Invalid("token ids are no conversation: give a text, or messages");
        return system is null || request.Messages is [{ Role: System }, ..]
            ? request
            : request with { Messages = [new ChatMessage(System, system), .. request.Messages] };
    }

    /// <summary>Reads a conversation.</summary>
    /// <exception cref="GptxException"><c>ChatInputInvalid</c>, <c>ChatMessageInvalid</c>.</exception>
    public static ChatRequest Read(JsonElement json, ChatRequest defaults)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return defaults with { Messages = Messages(json) };
        }

        if (!json.TryGetProperty("messages", out var messages))
        {
            throw JsonFile.Invalid("a conversation is a list of messages, or an object with a field 'messages'");
        }

        var continues = Flag(json, "continue_final_message") ?? defaults.ContinueFinalMessage;
        return defaults with
        {
            Messages = Messages(messages),
            Tools = Objects(json, "tools") ?? defaults.Tools,
            Documents = Objects(json, "documents") ?? defaults.Documents,
            ContinueFinalMessage = continues,
            AddGenerationPrompt = Flag(json, "add_generation_prompt") ?? (!continues && defaults.AddGenerationPrompt),
            Variables = Given(json, "chat_template_kwargs") is { } variables ? Variables(variables, "chat_template_kwargs") : defaults.Variables,
        };
    }

    /// <summary>The members of an object, as variables of a template.</summary>
    /// <exception cref="GptxException"><c>ChatInputInvalid</c>.</exception>
    public static IReadOnlyDictionary<string, JsonElement> Variables(JsonElement json, string where)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw JsonFile.Invalid($"{where} must be a JSON object");
        }

        var variables = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in json.EnumerateObject())
        {
            variables[member.Name] = member.Value.Clone();
        }

        return variables;
    }

    private static ChatMessage[] Messages(JsonElement json) =>
        json.ValueKind == JsonValueKind.Array && json.GetArrayLength() > 0
            ? [.. json.EnumerateArray().Select(message => ChatMessage.Parse(message))]
            : throw JsonFile.Invalid("'messages' must be a list with at least one message");

    private static IReadOnlyList<JsonElement>? Objects(JsonElement json, string name) =>
        Given(json, name) is { } list ? JsonFile.Objects(list, "the conversation", name) : null;

    private static bool? Flag(JsonElement json, string name) => Given(json, name) is not { } flag ? null
        : flag.ValueKind is JsonValueKind.True or JsonValueKind.False ? flag.GetBoolean()
        : throw JsonFile.Invalid($"'{name}' must be true or false");

    private static JsonElement? Given(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
