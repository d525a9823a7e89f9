using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gptx.Tests.Readers;

/// <summary>
/// Rows in a form that shows every bit: numbers are the eight bytes of a float64 in hexadecimal, vectors rounded to float32 before, as whoever reads them does. Fields
/// that are null are left out: some formats have them, others do not.
/// </summary>
internal static class Row
{
    private const string Vector = "vector";

    /// <summary>Rows that a program has printed in this form.</summary>
    public static IReadOnlyList<JsonNode> Parse(string lines) => [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => WithoutNulls(JsonNode.Parse(line)!))];

    /// <summary>Rows of JSON lines as .NET reads them.</summary>
    public static IReadOnlyList<JsonNode> Exact(string jsonLines, IReadOnlyCollection<string> texts) => [.. jsonLines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line =>
    {
        using var row = JsonDocument.Parse(line);
        return WithoutNulls(new JsonObject(row.RootElement.EnumerateObject().Select(field => KeyValuePair.Create(
            field.Name, texts.Contains(field.Name) ? Text(field.Value) : Exact(field.Value, field.Name == Vector)))));
    })];

    /// <summary>A list that is kept as JSON.</summary>
    public static JsonNode? Exact(string json)
    {
        using var list = JsonDocument.Parse(json);
        return Exact(list.RootElement, isVector: false);
    }

    /// <summary>The row as CSV has it, where an empty text is an empty cell, as null is.</summary>
    public static JsonNode WithoutEmptyTexts(JsonNode row)
    {
        foreach (var name in row.AsObject().Where(field => field.Value is JsonValue value && value.TryGetValue<string>(out var text) && text.Length == 0).Select(field => field.Key).ToList())
        {
            row.AsObject().Remove(name);
        }

        return row;
    }

    /// <summary>The row as SQLite has it, whose REAL is never a negative zero.</summary>
    public static JsonNode WithoutNegativeZeros(JsonNode row)
    {
        foreach (var name in row.AsObject().Where(field => field.Value is JsonValue value && value.TryGetValue<string>(out var text) && text == Bits(-0.0)).Select(field => field.Key).ToList())
        {
            row[name] = Bits(0);
        }

        return row;
    }

    /// <summary>The first rows that differ, for a message; null where all are alike.</summary>
    public static string? Difference(IReadOnlyList<JsonNode> wanted, IReadOnlyList<JsonNode> found) => wanted.Count != found.Count
        ? $"{found.Count} rows in place of {wanted.Count}"
        : wanted.Zip(found).Where(pair => !JsonNode.DeepEquals(pair.First, pair.Second)).Select(pair => $"wanted {pair.First.ToJsonString()}\nfound  {pair.Second.ToJsonString()}").FirstOrDefault();

    // What CSV and Parquet hold of a field that is carried over, and of an id: a string, or the JSON of what it was.
    private static JsonValue? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => JsonValue.Create(value.GetString()),
        _ => JsonValue.Create(value.GetRawText()),
    };

    private static JsonNode? Exact(JsonElement value, bool isVector) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.Number => JsonValue.Create(Bits(isVector ? value.GetSingle() : value.GetDouble())),
        JsonValueKind.Array => new JsonArray([.. value.EnumerateArray().Select(item => Exact(item, isVector))]),
        JsonValueKind.Object => new JsonObject(value.EnumerateObject().Select(field => KeyValuePair.Create(field.Name, Exact(field.Value, isVector: false)))),
        _ => JsonNode.Parse(value.GetRawText()),
    };

    /// <summary>The bytes of a number.</summary>
    public static string Bits(double number) => BitConverter.DoubleToInt64Bits(number).ToString("x16", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The row without its fields that are null.</summary>
    public static JsonNode WithoutNulls(JsonNode row)
    {
        foreach (var name in row.AsObject().Where(field => field.Value is null).Select(field => field.Key).ToList())
        {
            row.AsObject().Remove(name);
        }

        return row;
    }
}
