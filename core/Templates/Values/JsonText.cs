using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Gptx.Templates;

/// <summary>The text of a JSON string, also where it has half a surrogate pair, which .NET refuses and Python keeps.</summary>
internal static class JsonText
{
    public static string Of(JsonElement json)
    {
        try
        {
            return json.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return Unescape(json.GetRawText().AsSpan()[1..^1]);
        }
    }

    public static string NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            var raw = property.ToString();
            return Unescape(raw.AsSpan(1, EndOfName(raw) - 1));
        }
    }

    private static int EndOfName(string raw)
    {
        var end = 1;
        while (raw[end] != '"')
        {
            end += raw[end] == '\\' ? 2 : 1;
        }

        return end;
    }

    private static string Unescape(ReadOnlySpan<char> raw)
    {
        var into = new StringBuilder(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\')
            {
                into.Append(raw[i]);
                continue;
            }

            switch (raw[++i])
            {
                case 'u':
                    into.Append((char)ushort.Parse(raw.Slice(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                    i += 4;
                    break;
                case var escape:
                    into.Append(escape switch
                    {
                        'b' => '\b',
                        'f' => '\f',
                        'n' => '\n',
                        'r' => '\r',
                        't' => '\t',
                        _ => escape,
                    });
                    break;
            }
        }

        return into.ToString();
    }
}
