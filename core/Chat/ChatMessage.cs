using System.Text.Json;

namespace Gptx.Chat;

/// <summary>
/// One message of a conversation: a JSON object with <c>role</c> and <c>content</c> and whatever else a template reads (<c>tool_calls</c>, <c>name</c>,
/// <c>reasoning_content</c>, ...). The template sees every field, in the order in which they were given.
/// </summary>
public sealed class ChatMessage
{
    private ChatMessage(JsonElement json, string role, string text)
    {
        Json = json;
        Role = role;
        Text = text;
    }

    /// <summary>A message of text.</summary>
    /// <param name="role">Who speaks: system, user, assistant, tool, or what the template knows besides.</param>
    /// <param name="content">What is said.</param>
    public ChatMessage(string role, string content)
    {
        ArgumentNullException.ThrowIfNull(role);
        ArgumentNullException.ThrowIfNull(content);
        Role = role;
        Text = content;
        Json = MessageJson.Of(role, content);
    }

    /// <summary>Who speaks; empty where the message does not say.</summary>
    public string Role { get; }

    /// <summary>The content where it is text; where it is a list of parts, the text of those that have one, joined without anything between; else empty.</summary>
    public string Text { get; }

    /// <summary>The message as JSON, as the template sees it.</summary>
    public JsonElement Json { get; }

    /// <summary>Reads a message from a JSON object of any fields.</summary>
    /// <param name="json">The object; it is copied, so that its document may be disposed of.</param>
    /// <exception cref="GptxException"><c>ChatMessageInvalid</c>: it is no object, its role is no text, or its content is neither text, null nor a list.</exception>
    public static ChatMessage Parse(JsonElement json)
    {
        MessageJson.Check(json);
        return new ChatMessage(json.Clone(), MessageJson.Role(json), MessageJson.Text(json));
    }

    /// <summary>Reads a message from the text of a JSON object, for example a line of a file of messages.</summary>
    /// <exception cref="GptxException"><c>ChatMessageInvalid</c>: it is no JSON, or not that of a message.</exception>
    public static ChatMessage Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using var document = JsonDocument.Parse(json);
            return Parse(document.RootElement);
        }
        catch (JsonException exception)
        {
            throw new GptxException(GptxErrorKind.InvalidInput, "ChatMessageInvalid", $"A message is no JSON: {exception.Message}", exception);
        }
    }

    /// <summary>Role and text, for a person who debugs.</summary>
    public override string ToString() => $"{Role}: {Text}";
}
