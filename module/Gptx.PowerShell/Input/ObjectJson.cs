using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text.Json;

namespace Gptx.PowerShell;

/// <summary>PowerShell's objects as JSON: tables and objects are objects, lists are lists, values are values.</summary>
internal static class ObjectJson
{
    private const int Deepest = 64;

    /// <summary>The JSON of an object.</summary>
    /// <exception cref="GptxException"><c>ChatInputInvalid</c>: it is nested too deeply, or holds what JSON has no form for.</exception>
    public static JsonElement Of(object? item) => Made(writer => Write(writer, item, 0));

    /// <summary>JSON that a writer makes.</summary>
    public static JsonElement Made(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            write(writer);
        }

        using var json = JsonDocument.Parse(buffer.WrittenMemory);
        return json.RootElement.Clone();
    }

    private static void Write(Utf8JsonWriter writer, object? item, int depth)
    {
        if (depth > Deepest)
        {
            throw new GptxException(GptxErrorKind.InvalidInput, "ChatInputInvalid", $"an object is nested more than {Deepest} deep");
        }

        switch (item is PSObject wrapped && wrapped.BaseObject is not PSCustomObject ? wrapped.BaseObject : item)
        {
            case null: writer.WriteNullValue(); break;
            case string text: writer.WriteStringValue(text); break;
            case bool truth: writer.WriteBooleanValue(truth); break;
            case SwitchParameter given: writer.WriteBooleanValue(given); break;
            case JsonElement json: json.WriteTo(writer); break;
            case double number when double.IsFinite(number): writer.WriteNumberValue(number); break;
            case float number when float.IsFinite(number): writer.WriteNumberValue(number); break;
            case decimal number: writer.WriteNumberValue(number); break;
            case byte or sbyte or short or ushort or int or uint or long: writer.WriteNumberValue(Convert.ToInt64(Base(item), CultureInfo.InvariantCulture)); break;
            case ulong number: writer.WriteNumberValue(number); break;
            case char or Enum or Guid or Uri or Version: writer.WriteStringValue($"{Base(item)}"); break;
            case DateTime time: writer.WriteStringValue(time.ToString("O", CultureInfo.InvariantCulture)); break;
            case DateTimeOffset time: writer.WriteStringValue(time.ToString("O", CultureInfo.InvariantCulture)); break;
            case IDictionary table: Object(writer, table.Keys.Cast<object>().Select(key => ($"{key}", table[key])), depth); break;
            case IEnumerable list: List(writer, list, depth); break;
            default: Object(writer, PSObject.AsPSObject(item!).Properties.Select(property => (property.Name, (object?)property.Value)), depth); break;
        }
    }

    private static object? Base(object? item) => item is PSObject wrapped ? wrapped.BaseObject : item;

    private static void Object(Utf8JsonWriter writer, IEnumerable<(string Name, object? Value)> members, int depth)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in members)
        {
            writer.WritePropertyName(name);
            Write(writer, value, depth + 1);
        }

        writer.WriteEndObject();
    }

    private static void List(Utf8JsonWriter writer, IEnumerable list, int depth)
    {
        writer.WriteStartArray();
        foreach (var item in list)
        {
            Write(writer, item, depth + 1);
        }

        writer.WriteEndArray();
    }
}
