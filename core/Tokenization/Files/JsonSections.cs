using System.Text.Json;

namespace Gptx.Tokenization;

/// <summary>
/// An object's members. Small ones are read at once; those named large are left as the bytes they are, to be read by a
/// <see cref="JsonScanner"/>. Of a name given twice the last counts.
/// </summary>
internal sealed class JsonSections
{
    private readonly Dictionary<string, JsonPart> _parts = [];
    private readonly Dictionary<string, Section> _large = [];

    /// <summary>Divides an object.</summary>
    /// <param name="json">The object, and nothing after it.</param>
    /// <param name="path">What errors call it.</param>
    /// <param name="large">The names of the members that are left unread.</param>
    public JsonSections(ReadOnlyMemory<byte> json, string path, params ReadOnlySpan<string> large)
    {
        Path = path;
        var scanner = new JsonScanner(json.Span, path);
        if (!scanner.TryTake('{'))
        {
            throw IsJson(json) ? TokenizerErrors.Unreadable(path, "expected an object") : scanner.Fault();
        }

        if (!scanner.TryTake('}'))
        {
            do
            {
                string name = scanner.Text().ToString();
                scanner.Take(':');
                scanner.Peek();
                int start = scanner.Position;
                scanner.Skip();
                Add(name, json[start..scanner.Position], large.Contains(name));
            }
            while (scanner.Continues('}'));
        }

        scanner.End();
    }

    public string Path { get; }

    public IEnumerable<string> Names => _parts.Keys;

    public bool Has(string name) => _parts.ContainsKey(name) || _large.ContainsKey(name);

    /// <summary>The JSON of a large member that is there.</summary>
    public ReadOnlyMemory<byte> Large(string name) => _large[name].Json;

    /// <summary>A member; null where there is none.</summary>
    public JsonPart? Part(string name) => _parts.GetValueOrDefault(name);

    /// <summary>A member; null where there is none or it is null.</summary>
    public JsonPart? Optional(string name) => Part(name) is { IsNull: false } part ? part : null;

    private void Add(string name, ReadOnlyMemory<byte> json, bool isLarge)
    {
        if (isLarge)
        {
            _large[name] = new Section(json);
        }
        else
        {
            _parts[name] = JsonPart.Parse(json, $"{Path}.{name}");
        }
    }

    private static bool IsJson(ReadOnlyMemory<byte> json)
    {
        var reader = new Utf8JsonReader(json.Span, new JsonReaderOptions { MaxDepth = JsonScanner.MaxDepth });
        return reader.Read() && reader.TrySkip() && !reader.Read();
    }

    // A class, since the runtime comes with compiled dictionaries of classes only: this is on the way of each start.
    private sealed record Section(ReadOnlyMemory<byte> Json);
}
