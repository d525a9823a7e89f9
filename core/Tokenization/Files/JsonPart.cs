using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Gptx.Tokenization;

/// <summary>A value in a small part of a JSON file, with its path for errors. What the format does not allow is refused with both.</summary>
internal sealed record JsonPart(JsonElement Element, string Path)
{
    public bool IsNull => Element.ValueKind == JsonValueKind.Null;

    public string Type => Member("type").Text();

    public static JsonPart Parse(ReadOnlyMemory<byte> json, string path)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = JsonScanner.MaxDepth });
        CheckTexts(json.Span, path);
        return new JsonPart(document.RootElement.Clone(), path);
    }

    // The parser takes bytes that are no UTF-8, and lone surrogates, and fails only where such a text is read.
    private static void CheckTexts(ReadOnlySpan<byte> json, string path)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = JsonScanner.MaxDepth });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                {
                    reader.GetString();
                }
            }
        }
        catch (InvalidOperationException error)
        {
            throw TokenizerErrors.Unreadable(path, $"the string at byte {reader.TokenStartIndex} is not valid Unicode", error);
        }
    }

    /// <summary>A member that must be there.</summary>
    public JsonPart Member(string name) =>
        TryMember(name) ?? throw TokenizerErrors.Unreadable(Path, $"the field '{name}' is missing");

    /// <summary>A member that may be missing or null.</summary>
    public JsonPart? Optional(string name) => TryMember(name) is { IsNull: false } part ? part : null;

    public string Text()
    {
        if (Element.ValueKind != JsonValueKind.String)
        {
            throw Wrong("a string");
        }

        try
        {
            return Element.GetString()!;
        }
        catch (InvalidOperationException error)
        {
            throw TokenizerErrors.Unreadable(Path, "the string is not valid Unicode", error);
        }
    }

    /// <summary>A string of one character.</summary>
    public Rune Character()
    {
        string text = Text();
        return Rune.DecodeFromUtf16(text, out Rune rune, out int width) == OperationStatus.Done && width == text.Length
            ? rune
            : throw Wrong("one character");
    }

    public bool Flag() => Element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Wrong("true or false"),
    };

    /// <summary>An id, 0 to 4294967295; one above 2147483647 keeps its bits and so is a negative int.</summary>
    public int Id() => Element.ValueKind == JsonValueKind.Number && Element.TryGetUInt32(out uint id)
        ? unchecked((int)id)
        : throw Wrong("a whole number from 0 to 4294967295");

    public long Count() => Element.ValueKind == JsonValueKind.Number && Element.TryGetInt64(out long count) && count >= 0
        ? count
        : throw Wrong("a whole number not below 0");

    public IReadOnlyList<JsonPart> Items()
    {
        if (Element.ValueKind != JsonValueKind.Array)
        {
            throw Wrong("an array");
        }

        var items = new List<JsonPart>(Element.GetArrayLength());
        foreach (JsonElement item in Element.EnumerateArray())
        {
            items.Add(new JsonPart(item, $"{Path}[{items.Count}]"));
        }

        return items;
    }

    public IReadOnlyList<(string Name, JsonPart Value)> Members()
    {
        if (Element.ValueKind != JsonValueKind.Object)
        {
            throw Wrong("an object");
        }

        return [.. Element.EnumerateObject().Select(member => (member.Name, new JsonPart(member.Value, $"{Path}.{member.Name}")))];
    }

    public GptxException Wrong(string expected)
    {
        string text = Element.GetRawText().ReplaceLineEndings(" ");
        string shown = text.Length <= 40 ? text : text[..40] + "...";
        return TokenizerErrors.Unreadable(Path, $"expected {expected}, found {shown}");
    }

    private JsonPart? TryMember(string name)
    {
        if (Element.ValueKind != JsonValueKind.Object)
        {
            throw Wrong("an object");
        }

        return Element.TryGetProperty(name, out JsonElement member) ? new JsonPart(member, $"{Path}.{name}") : null;
    }
}
