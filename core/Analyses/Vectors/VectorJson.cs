using System.Text.Json;

namespace Gptx.Analyses;

/// <summary>Reads a row of JSON that has a vector, without making an object of each number.</summary>
internal static class VectorJson
{
    private const int Deepest = 64;

    /// <summary>The fields of a row.</summary>
    /// <param name="line">A JSON object in UTF-8.</param>
    /// <param name="keep">Fields that are carried over.</param>
    /// <param name="vector">Takes the numbers.</param>
    /// <returns>The row's id, text and model, as far as it has them; null where it has no list of numbers <c>vector</c>.</returns>
    /// <exception cref="JsonException">It is no such object.</exception>
    public static VectorFields? Read(ReadOnlySpan<byte> line, IReadOnlyList<string> keep, List<float> vector)
    {
        var json = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = Deepest });
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("it is not a JSON object");
        }

        var (fields, hasVector) = (new VectorFields(), false);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("vector"u8))
            {
                json.Read();
                hasVector = Numbers(ref json, vector);
            }
            else if (json.ValueTextEquals("rowId"u8))
            {
                fields.Id = Value(ref json);
            }
            else if (json.ValueTextEquals("text"u8))
            {
                fields.Text = Text(ref json);
            }
            else if (json.ValueTextEquals("model"u8))
            {
                fields.Model = Text(ref json);
            }
            else if (keep.Count > 0 && json.GetString() is { } name && keep.Contains(name, StringComparer.Ordinal))
            {
                fields.Kept[name] = Value(ref json);
            }
            else
            {
                json.Skip();
            }
        }

        // What stands behind the object is read too, so that a line that goes on is no row.
        while (json.Read())
        {
        }

        return hasVector ? fields : null;
    }

    /// <summary>The numbers of a JSON list; false where it is none.</summary>
    public static bool Numbers(ReadOnlySpan<byte> list, List<float> vector)
    {
        var json = new Utf8JsonReader(list);
        return json.Read() && Numbers(ref json, vector);
    }

    private static bool Numbers(ref Utf8JsonReader json, List<float> vector)
    {
        vector.Clear();
        if (json.TokenType != JsonTokenType.StartArray)
        {
            json.TrySkip();
            return false;
        }

        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            // Null is how a number that is not finite is written.
            vector.Add(json.TokenType switch
            {
                JsonTokenType.Number when json.TryGetSingle(out var number) => number,
                JsonTokenType.Null => float.NaN,
                _ => throw new JsonException("its vector has something that is no number"),
            });
        }

        return true;
    }

    private static JsonElement Value(ref Utf8JsonReader json)
    {
        json.Read();
        return JsonElement.ParseValue(ref json);
    }

    private static string? Text(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.String)
        {
            return json.GetString();
        }

        json.Skip();
        return null;
    }
}

/// <summary>What a row has beside its vector.</summary>
internal sealed class VectorFields
{
    public JsonElement? Id { get; set; }

    public string? Text { get; set; }

    public string? Model { get; set; }

    public Dictionary<string, JsonElement> Kept { get; } = new(StringComparer.Ordinal);

    /// <summary>The label of a row that begins at a byte of its source.</summary>
    public RowLabel Label(string source, long offset, IReadOnlyList<string> keep) => new(RowLabel.IdOf(Id, source, offset), Text)
    {
        Kept = keep.Count == 0 ? [] : [.. keep.Where(Kept.ContainsKey).Select(name => KeyValuePair.Create(name, Kept[name]))],
    };
}
