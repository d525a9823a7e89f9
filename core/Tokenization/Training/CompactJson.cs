using System.Text.Json;

namespace Gptx.Tokenization.Training;

/// <summary>JSON as the reference's library (serde_json) writes it: no white space, and nothing escaped that need not be.</summary>
internal sealed class CompactJson(TextWriter writer)
{
    private bool _isFirst = true;

    /// <summary>Begins an object or array: as a value behind a name, or as the next item.</summary>
    public void Begin(char bracket)
    {
        Separate();
        writer.Write(bracket);
        _isFirst = true;
    }

    public void End(char bracket)
    {
        writer.Write(bracket);
        _isFirst = false;
    }

    public CompactJson Name(string name)
    {
        Separate();
        Quote(name);
        writer.Write(':');
        _isFirst = true;
        return this;
    }

    public CompactJson Item()
    {
        Separate();
        _isFirst = true;
        return this;
    }

    public void Text(string text)
    {
        Quote(text);
        _isFirst = false;
    }

    public void Flag(bool value) => Raw(value ? "true" : "false");

    public void Raw(string json)
    {
        writer.Write(json);
        _isFirst = false;
    }

    /// <summary>A value as it was read; null where there is none.</summary>
    public void Element(JsonElement? element)
    {
        switch (element?.ValueKind)
        {
            case JsonValueKind.Object:
                Begin('{');
                foreach (JsonProperty member in element.Value.EnumerateObject())
                {
                    Name(member.Name).Element(member.Value);
                }

                End('}');
                break;
            case JsonValueKind.Array:
                Begin('[');
                foreach (JsonElement item in element.Value.EnumerateArray())
                {
                    Item().Element(item);
                }

                End(']');
                break;
            case JsonValueKind.String:
                Text(element.Value.GetString()!);
                break;
            default:
                Raw(element?.GetRawText() ?? "null");
                break;
        }
    }

    private void Separate()
    {
        if (!_isFirst)
        {
            writer.Write(',');
        }

        _isFirst = true;
    }

    private void Quote(string text)
    {
        writer.Write('"');
        foreach (char character in text)
        {
            switch (character)
            {
                case '"' or '\\':
                    writer.Write('\\');
                    writer.Write(character);
                    break;
                case < ' ':
                    writer.Write(Escape(character));
                    break;
                default:
                    writer.Write(character);
                    break;
            }
        }

        writer.Write('"');
    }

    private static string Escape(char control) => control switch
    {
        '\b' => "\\b",
        '\f' => "\\f",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        _ => $"\\u{(int)control:x4}",
    };
}
