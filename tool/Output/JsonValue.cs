using System.Collections;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Gptx.Tool.Output;

/// <summary>
/// Values as JSON. Numbers have as many digits as bring back the same number; NaN and infinities, which JSON does not have, are null.
/// </summary>
internal static class JsonValue
{
    public static JsonWriterOptions Compact { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonWriterOptions Indented { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true, NewLine = "\n" };

    public static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case string text: json.WriteStringValue(WellFormed(text)); break;
            case bool truth: json.WriteBooleanValue(truth); break;
            case int number: json.WriteNumberValue(number); break;
            case long number: json.WriteNumberValue(number); break;
            case ulong number: json.WriteNumberValue(number); break;
            case float number: Number(json, number); break;
            case double number: Number(json, number); break;
            case float[] vector: Vector(json, vector); break;
            case Enum name: json.WriteStringValue(CamelCase(name)); break;
            case JsonElement element: element.WriteTo(json); break;
            case INested nested: nested.Write(json); break;
            case IEnumerable list: List(json, list); break;
            default: throw new NotSupportedException($"a {value.GetType()} has no form in JSON");
        }
    }

    /// <summary>The name of an enum's value as fields are written.</summary>
    public static string CamelCase(Enum value) => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    /// <summary>The text with U+FFFD for halves of surrogate pairs, which UTF-8 cannot hold.</summary>
    public static string WellFormed(string text)
    {
        var wrong = text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF');
        if (wrong < 0)
        {
            return text;
        }

        var result = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            result.Append(rune.ToString());
        }

        return result.ToString();
    }

    private static void Number(Utf8JsonWriter json, double number)
    {
        if (double.IsFinite(number))
        {
            json.WriteNumberValue(number);
        }
        else
        {
            json.WriteNullValue();
        }
    }

    private static void Number(Utf8JsonWriter json, float number)
    {
        if (float.IsFinite(number))
        {
            json.WriteNumberValue(number);
        }
        else
        {
            json.WriteNullValue();
        }
    }

    private static void Vector(Utf8JsonWriter json, float[] vector)
    {
        json.WriteStartArray();
        foreach (var number in vector)
        {
            Number(json, number);
        }

        json.WriteEndArray();
    }

    private static void List(Utf8JsonWriter json, IEnumerable list)
    {
        json.WriteStartArray();
        foreach (var item in list)
        {
            Write(json, item);
        }

        json.WriteEndArray();
    }
}
