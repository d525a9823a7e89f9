using System.Management.Automation;
using System.Text.Json;
using Gptx.Chat;

namespace Gptx.PowerShell;

/// <summary>Messages of a conversation, as PowerShell has them: text of the user, tables or objects with role and content, or messages that a reply had.</summary>
internal static class InputMessage
{
    /// <summary>A message.</summary>
    /// <exception cref="GptxException"><c>ChatMessageInvalid</c>.</exception>
    public static ChatMessage Of(PSObject? item) => item?.BaseObject switch
    {
        string text => new ChatMessage("user", text),
        ChatMessage message => message,
        null => throw new GptxException(GptxErrorKind.InvalidInput, "ChatMessageInvalid", "a message is null: give a text of the user, or a table with role and content"),
        _ => ChatMessage.Parse(LowerCase(ObjectJson.Of(item))),
    };

    /// <summary>Objects of any fields: tools, documents.</summary>
    public static IReadOnlyList<JsonElement>? Objects(PSObject[]? items) => items is null ? null : [.. items.Select(ObjectJson.Of)];

    // Role and Content, as PowerShell likes to write them, are role and content.
    private static JsonElement LowerCase(JsonElement json) => json.ValueKind != JsonValueKind.Object ? json : ObjectJson.Made(writer =>
    {
        writer.WriteStartObject();
        foreach (var member in json.EnumerateObject())
        {
            writer.WritePropertyName(member.Name is "Role" or "Content" ? member.Name.ToLowerInvariant() : member.Name);
            member.Value.WriteTo(writer);
        }

        writer.WriteEndObject();
    });
}
