using System.Text.Json;

namespace Gptx.Tool.Input;

/// <summary>A row that is a JSON object: its text, or its token ids, and the fields that go with it.</summary>
internal static class JsonRow
{
    private const string Messages = "messages";

    public static TextRow Read(int number, string line, FieldNames fields)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return json.RootElement.ValueKind switch
            {
                JsonValueKind.Object => Read(number, json.RootElement, fields),
                JsonValueKind.Array when fields is { MayBeChat: true, NeedJson: false } => new TextRow(number) { Conversation = json.RootElement.Clone() },
                _ => Wrong(number, "it is not a JSON object"),
            };
        }
        catch (JsonException)
        {
            return Wrong(number, "it is not JSON");
        }
    }

    private static TextRow Read(int number, JsonElement json, FieldNames fields)
    {
        var row = new TextRow(number)
        {
            RowId = fields.Id is not null && json.TryGetProperty(fields.Id, out var id) ? id.Clone() : null,
            Kept = [.. fields.Keep.Where(name => json.TryGetProperty(name, out _)).Select(name => KeyValuePair.Create(name, json.GetProperty(name).Clone()))],
        };
        if (fields.Id is not null && row.RowId is null)
        {
            return row with { Error = Because($"it has no field '{fields.Id}'; its fields are {Names(json)}") };
        }

        if (fields is { MayBeChat: true, Text: null } && json.TryGetProperty(Messages, out _))
        {
            return row with { Conversation = json.Clone() };
        }

        var textField = fields.Text ?? "text";
        if (!json.TryGetProperty(textField, out var text))
        {
            return row with { Error = Because($"it has no field '{textField}'; its fields are {Names(json)}") };
        }

        return text.ValueKind switch
        {
            JsonValueKind.String => WithText(row, text, textField),
            JsonValueKind.Array when fields.MayBeChat => row with { Conversation = text.Clone() },
            JsonValueKind.Array when TryIds(text) is { } ids => row with { Ids = ids },
            _ => row with { Error = Because($"its field '{textField}' is neither a text nor a list of token ids") },
        };
    }

    // A string of JSON may spell half a surrogate pair, which .NET does not hand out as a string.
    private static TextRow WithText(TextRow row, JsonElement text, string field)
    {
        try
        {
            return row with { Text = text.GetString() };
        }
        catch (InvalidOperationException)
        {
            return row with { Error = Because($"its field '{field}' has half of a surrogate pair") };
        }
    }

    private static IReadOnlyList<int>? TryIds(JsonElement array)
    {
        var ids = new List<int>();
        foreach (var element in array.EnumerateArray())
        {
            if (element.ValueKind != JsonValueKind.Number || !element.TryGetInt32(out var id))
            {
                return null;
            }

            ids.Add(id);
        }

        return ids;
    }

    private static string Names(JsonElement json) => string.Join(", ", json.EnumerateObject().Select(field => field.Name));

    private static TextRow Wrong(int number, string why) => new(number) { Error = Because(why) };

    private static GptxException Because(string why) => new(GptxErrorKind.InvalidInput, "RowUnreadable", $"the row cannot be read: {why}");
}
