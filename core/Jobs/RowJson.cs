using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Gptx.Jobs;

/// <summary>
/// Rows as JSON, the form in which a job keeps them until its end. Numbers have as many digits as bring back the same float32 or float64; NaN and infinities, which
/// JSON does not have, are null.
/// </summary>
internal static class RowJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = PlainJsonEncoder.Instance, SkipValidation = true };

    /// <summary>One object: what <paramref name="write"/> puts into it.</summary>
    public static byte[] Object(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Writes values under the names of their columns.</summary>
    public static void Fields(Utf8JsonWriter json, IReadOnlyList<RowColumn> columns, IReadOnlyList<object?> values)
    {
        for (var i = 0; i < columns.Count; i++)
        {
            json.WritePropertyName(columns[i].Name);
            Value(json, columns[i], values[i]);
        }
    }

    /// <summary>Writes a value of a column.</summary>
    public static void Value(Utf8JsonWriter json, RowColumn column, object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case string text: json.WriteStringValue(WellFormed(text)); break;
            case bool truth: json.WriteBooleanValue(truth); break;
            case int number: json.WriteNumberValue(number); break;
            case long number: json.WriteNumberValue(number); break;
            case float number: Number(json, number); break;
            case double number: Number(json, number); break;
            case float[] vector: List(json, vector, number => Number(json, number)); break;
            case IEnumerable<string> texts: List(json, texts, text => json.WriteStringValue(WellFormed(text))); break;
            case IEnumerable<int> numbers: List(json, numbers, json.WriteNumberValue); break;
            case IEnumerable<object?[]> records: List(json, records, record => Record(json, column.Items!, record)); break;
            default: throw new NotSupportedException($"a {value.GetType()} has no form in a row");
        }
    }

    private static void Record(Utf8JsonWriter json, IReadOnlyList<RowColumn> columns, object?[] values)
    {
        json.WriteStartObject();
        Fields(json, columns, values);
        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, double number)
    {
        if (!IsSpecial(json, number))
        {
            json.WriteNumberValue(number);
        }
    }

    private static void Number(Utf8JsonWriter json, float number)
    {
        if (!IsSpecial(json, number))
        {
            json.WriteNumberValue(number);
        }
    }

    // JSON has no NaN and no infinity; and -0, as .NET writes it, is an integer to Python, which has no negative zero of those.
    private static bool IsSpecial(Utf8JsonWriter json, double number)
    {
        if (!double.IsFinite(number))
        {
            json.WriteNullValue();
            return true;
        }

        if (number == 0 && double.IsNegative(number))
        {
            json.WriteRawValue("-0.0"u8, skipInputValidation: true);
            return true;
        }

        return false;
    }

    private static void List<T>(Utf8JsonWriter json, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray();
        foreach (var item in items)
        {
            write(item);
        }

        json.WriteEndArray();
    }

    // U+FFFD for halves of surrogate pairs, which UTF-8 cannot hold.
    private static string WellFormed(string text)
    {
        if (text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0)
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
}
