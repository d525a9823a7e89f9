using System.Text.Json;

namespace Gptx.Checkpoints;

/// <summary>
/// A small JSON file as Python's json module may have written it: UTF-8, perhaps with the words NaN, Infinity and -Infinity where a
/// number stands. Those become the strings "NaN", "Infinity" and "-Infinity"; who asks for a number then hears what was found.
/// </summary>
internal static class PythonJson
{
    private const int DeepestNesting = 64;

    /// <summary>Reads a file whose outermost value is an object.</summary>
    /// <param name="path">The file.</param>
    /// <param name="longest">The largest size allowed, in bytes.</param>
    public static JsonElement ReadObject(string path, int longest)
    {
        using var file = MappedFile.Open(path, 2, "a JSON object");
        if (file.Length > longest)
        {
            throw CheckpointError.In(path, "JsonTooLong", $"the file has {file.Length} bytes; allowed are {longest}");
        }

        var text = file.Bytes(0, (int)file.Length);
        text = text.StartsWith("\uFEFF"u8) ? text[3..] : text;
        try
        {
            var json = QuoteWords(text);
            CheckText(json.Span);
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = DeepestNesting });
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.Clone()
                : throw CheckpointError.In(path, "JsonInvalid", "the file is JSON, but not an object");
        }
        catch (InvalidOperationException exception)
        {
            throw CheckpointError.In(path, "JsonInvalid", "the file holds text that is not valid Unicode", exception);
        }
        catch (JsonException exception)
        {
            var place = $"line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}";
            throw CheckpointError.In(path, "JsonInvalid", $"the file is not valid JSON, at {place}", exception);
        }
    }

    /// <summary>A value as messages show it.</summary>
    public static string Show(JsonElement value) => value.ValueKind == JsonValueKind.String
        ? Excerpt.Of(value.GetString()!)
        : Excerpt.Of(value.GetRawText())[1..^1];

    /// <summary>Decodes every string once, so that nobody later meets one that cannot be: bad UTF-8 or half a surrogate pair throws here.</summary>
    private static void CheckText(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = DeepestNesting });
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
            {
                _ = reader.GetString();
            }
        }
    }

    private static ReadOnlyMemory<byte> QuoteWords(ReadOnlySpan<byte> json)
    {
        if (json.IndexOf("NaN"u8) < 0 && json.IndexOf("Infinity"u8) < 0)
        {
            return json.ToArray();
        }

        var quoted = new MemoryStream(json.Length + 64);
        for (var inString = false; !json.IsEmpty;)
        {
            var length = inString ? StringPart(json) : WordLength(json);
            if (!inString && length > 1)
            {
                quoted.WriteByte((byte)'"');
                quoted.Write(json[..length]);
                quoted.WriteByte((byte)'"');
            }
            else
            {
                inString ^= json[0] == '"';
                quoted.Write(json[..length]);
            }

            json = json[length..];
        }

        return quoted.GetBuffer().AsMemory(0, (int)quoted.Length);
    }

    /// <summary>Inside a string: an escape counts as one part, everything else byte by byte.</summary>
    private static int StringPart(ReadOnlySpan<byte> json) => json[0] == '\\' && json.Length > 1 ? 2 : 1;

    private static int WordLength(ReadOnlySpan<byte> json) =>
        json.StartsWith("NaN"u8) ? 3 : json.StartsWith("Infinity"u8) ? 8 : json.StartsWith("-Infinity"u8) ? 9 : 1;
}
