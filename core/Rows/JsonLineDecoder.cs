using System.Text.Json;

namespace Gptx.Rows;

/// <summary>A line is a JSON object: its text or its token ids, its id, and the fields that are carried over. A line of white space holds no row.</summary>
/// <param name="fields">The fields that are read.</param>
/// <param name="mayBeChat">Whether a row may be a conversation: an object with <c>messages</c>, or a list in place of the text.</param>
internal sealed class JsonLineDecoder(RowFields fields, bool mayBeChat = false) : ILineDecoder
{
    private const string Messages = "messages";
    private const int Deepest = 64;

    public SourceRow? Decode(long offset, long line, ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Span.IndexOfAnyExcept(" \t\r\v\f"u8) < 0)
        {
            return null;
        }

        var row = new SourceRow(offset, line, null, null);
        try
        {
            using var json = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = Deepest });
            return json.RootElement.ValueKind switch
            {
                JsonValueKind.Object => Read(row, json.RootElement),
                JsonValueKind.Array when mayBeChat && !fields.AreAsked => row with { Conversation = json.RootElement.Clone() },
                _ => row with { Fault = RowFault.Unreadable("it is not a JSON object") },
            };
        }
        catch (JsonException error)
        {
            var isDeep = error.Message.Contains("maximum configured depth", StringComparison.OrdinalIgnoreCase);
            return row with { Fault = RowFault.Unreadable(isDeep ? $"its JSON is nested deeper than {Deepest}" : "it is not JSON") };
        }
        catch (InvalidOperationException)
        {
            return row with { Fault = RowFault.Unreadable("the name of one of its fields is not valid Unicode") };
        }
    }

    private SourceRow Read(SourceRow row, JsonElement json)
    {
        if (Twice(json) is { } name)
        {
            return row with { Fault = RowFault.Unreadable($"it has two fields '{name}': which of them is meant cannot be told") };
        }

        row = row with
        {
            Id = fields.Id is not null && json.TryGetProperty(fields.Id, out var id) ? id.Clone() : null,
            Kept = [.. fields.Keep.Where(name => json.TryGetProperty(name, out _)).Select(name => KeyValuePair.Create(name, json.GetProperty(name).Clone()))],
        };
        if (fields.Id is not null && row.Id is not { ValueKind: JsonValueKind.String or JsonValueKind.Number })
        {
            return row with { Id = null, Fault = Missing(fields.Id, json, "a string or a number") };
        }

        if (row.Id is { } named && !IsUnicode(named))
        {
            return row with { Id = null, Kept = [], Fault = RowFault.Unreadable($"its field '{fields.Id}' is not valid Unicode") };
        }

        if (row.Kept.FirstOrDefault(kept => !IsUnicode(kept.Value)).Key is { } broken)
        {
            return row with { Kept = [], Fault = RowFault.Unreadable($"its field '{broken}' is not valid Unicode") };
        }

        if (mayBeChat && fields.Text is null && json.TryGetProperty(Messages, out _))
        {
            return row with { Conversation = json.Clone() };
        }

        if (!json.TryGetProperty(fields.TextName, out var text))
        {
            return row with { Fault = Missing(fields.TextName, json, "a text") };
        }

        return text.ValueKind switch
        {
            JsonValueKind.String => WithText(row, text),
            JsonValueKind.Array when mayBeChat => row with { Conversation = text.Clone() },
            JsonValueKind.Array when TokenIds(text) is { } ids => row with { Ids = ids },
            JsonValueKind.Null => row with { Fault = RowFault.Unreadable($"its field '{fields.TextName}' is null") },
            _ => row with { Fault = RowFault.Unreadable($"its field '{fields.TextName}' is neither a text nor a list of token ids") },
        };
    }

    private SourceRow WithText(SourceRow row, JsonElement text) => IsUnicode(text)
        ? row with { Text = text.GetString() }
        : row with { Fault = RowFault.Unreadable($"its field '{fields.TextName}' is not valid Unicode") };

    // A string of JSON may spell half of a surrogate pair, which .NET does not hand out as a string.
    private static bool IsUnicode(JsonElement value)
    {
        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.String => value.GetString() is not null,
                JsonValueKind.Array => value.EnumerateArray().All(IsUnicode),
                JsonValueKind.Object => value.EnumerateObject().All(property => property.Name is not null && IsUnicode(property.Value)),
                _ => true,
            };
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    // Of two fields of one name some programs take the first, some the last.
    private string? Twice(JsonElement json)
    {
        string[] names = [fields.TextName, .. fields.Id is { } id ? [id] : (string[])[], .. fields.Keep];
        return names.FirstOrDefault(name => json.EnumerateObject().Count(property => property.NameEquals(name)) > 1);
    }

    private static List<int>? TokenIds(JsonElement array)
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

    private static GptxException Missing(string field, JsonElement json, string what) => json.TryGetProperty(field, out var found)
        ? RowFault.Unreadable($"its field '{field}' is {found.ValueKind.ToString().ToLowerInvariant()}: it must be {what}")
        : RowFault.Unreadable($"it has no field '{field}'; its fields are {RowFault.Shown(json.EnumerateObject().Select(one => one.Name))}");
}
