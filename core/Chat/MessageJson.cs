using System.Buffers;
using System.Text.Json;

namespace Gptx.Chat;

/// <summary>What a message's JSON holds, and what it must be.</summary>
internal static class MessageJson
{
    public static JsonElement Of(string role, string content)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("role", role);
            writer.WriteString("content", content);
            writer.WriteEndObject();
        }

        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return document.RootElement.Clone();
    }

    public static void Check(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw Invalid($"A message is a JSON object with role and content, not {Named(json)}.");
        }

        if (json.TryGetProperty("role", out var role) && role.ValueKind != JsonValueKind.String)
        {
            throw Invalid($"A message's role is text, not {Named(role)}.");
        }

        if (json.TryGetProperty("content", out var content) && content.ValueKind is not (JsonValueKind.String or JsonValueKind.Null or JsonValueKind.Array))
        {
            throw Invalid($"A message's content is text, null or a list of parts, not {Named(content)}.");
        }
    }

    public static string Role(JsonElement json) => json.TryGetProperty("role", out var role) ? role.GetString()! : "";

    public static string Text(JsonElement json)
    {
        if (!json.TryGetProperty("content", out var content))
        {
            return "";
        }

        return content.ValueKind switch
        {
            JsonValueKind.String => content.GetString()!,
            JsonValueKind.Array => string.Concat(content.EnumerateArray().Select(PartText)),
            _ => "",
        };
    }

    private static string PartText(JsonElement part) => part.ValueKind switch
    {
        JsonValueKind.String => part.GetString()!,
        JsonValueKind.Object when part.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String => text.GetString()!,
        _ => "",
    };

    private static string Named(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "an object",
        JsonValueKind.String => "text",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        _ => "null",
    };

    private static GptxException Invalid(string message) => new(GptxErrorKind.InvalidInput, "ChatMessageInvalid", message);
}
