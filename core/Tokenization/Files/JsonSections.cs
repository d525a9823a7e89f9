using System.Text.Json;

namespace Gptx.Tokenization;

/// <summary>An object's members as stretches of its JSON, none of them read yet. Of a name given twice the last counts.</summary>
internal sealed class JsonSections
{
    /// <summary>The deepest nesting that is read, the reference's.</summary>
    public const int MaxDepth = 128;

    private readonly Dictionary<string, ReadOnlyMemory<byte>> _members = [];

    public JsonSections(ReadOnlyMemory<byte> json, string path)
    {
        Path = path;
        var reader = Reader(json);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw TokenizerErrors.Unreadable(path, "expected an object");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = Text(ref reader, path);
            reader.Read();
            int start = (int)reader.TokenStartIndex;
            reader.Skip();
            _members[name] = json[start..(int)reader.BytesConsumed];
        }

        reader.Read(); // throws where anything follows the object
    }

    public string Path { get; }

    public IReadOnlyCollection<string> Names => _members.Keys;

    public static Utf8JsonReader Reader(ReadOnlyMemory<byte> json) => new(json.Span, new JsonReaderOptions { MaxDepth = MaxDepth });

    /// <summary>The string or name that a reader stands on.</summary>
    public static string Text(ref Utf8JsonReader reader, string path)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException error)
        {
            throw TokenizerErrors.Unreadable(path, $"the string at byte {reader.TokenStartIndex} is not valid Unicode", error);
        }
    }

    /// <summary>The JSON of a member; empty where there is none.</summary>
    public ReadOnlyMemory<byte> Raw(string name) => _members.GetValueOrDefault(name);

    /// <summary>A member; null where there is none.</summary>
    public JsonPart? Part(string name) =>
        _members.TryGetValue(name, out ReadOnlyMemory<byte> json) ? JsonPart.Parse(json, $"{Path}.{name}") : null;

    /// <summary>A member; null where there is none or it is null.</summary>
    public JsonPart? Optional(string name) => Part(name) is { IsNull: false } part ? part : null;
}
