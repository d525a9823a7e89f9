using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gptx.Tests.Readers;

/// <summary>The rows of a table as sqlite3 reads them: the bytes of numbers and blobs as hexadecimal digits (as text it rounds the smallest numbers).</summary>
internal static class SqliteRows
{
    private static readonly string[] Lists = ["tokens", "candidates", "words", "ids", "parts"];

    /// <summary>The rows of a database's table 'rows', in the order of the input.</summary>
    public static async Task<IReadOnlyList<JsonNode>> Of(string database)
    {
        using var table = JsonDocument.Parse(await Programs.Sqlite(database, "SELECT name, type FROM pragma_table_info('rows')"));
        var columns = table.RootElement.EnumerateArray().Select(column => (Name: column.GetProperty("name").GetString()!, Type: column.GetProperty("type").GetString()!))
            .Where(column => column.Name is not ("rowSource" or "rowOffset")).ToList();
        var selected = columns.Select(column => column.Type switch
        {
            "BLOB" => $"CASE WHEN \"{column.Name}\" IS NULL THEN NULL ELSE hex(\"{column.Name}\") END AS \"{column.Name}\"",
            "REAL" => $"CASE WHEN \"{column.Name}\" IS NULL THEN NULL ELSE hex(ieee754_to_blob(\"{column.Name}\")) END AS \"{column.Name}\"",
            _ => $"\"{column.Name}\"",
        });
        var order = columns.Any(column => column.Name == "part") ? ", part" : "";
        using var rows = JsonDocument.Parse(await Programs.Sqlite(database, $"SELECT {string.Join(", ", selected)} FROM rows ORDER BY rowSource, rowOffset{order}"));
        return [.. rows.RootElement.EnumerateArray().Select(row => Row.WithoutNulls(new JsonObject(columns.Select(column =>
            KeyValuePair.Create(column.Name, Value(row.GetProperty(column.Name), column.Type, Lists.Contains(column.Name)))))))];
    }

    private static JsonNode? Value(JsonElement value, string type, bool isList) => (type, value.ValueKind) switch
    {
        (_, JsonValueKind.Null) => null,
        ("BLOB", _) => Vector(value.GetString()!),
        ("REAL", _) => JsonValue.Create(value.GetString()!.ToLowerInvariant()),
        ("BOOLEAN", _) => JsonValue.Create(value.GetInt32() == 1),
        ("INTEGER", _) => JsonValue.Create(Row.Bits(value.GetDouble())),
        _ => isList ? Row.Exact(value.GetString()!) : JsonValue.Create(value.GetString()),
    };

    private static JsonArray Vector(string hexadecimal) =>
        [.. MemoryMarshal.Cast<byte, float>(Convert.FromHexString(hexadecimal)).ToArray().Select(number => float.IsNaN(number) ? null : JsonValue.Create(Row.Bits(number)))];
}
