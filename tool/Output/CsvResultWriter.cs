using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using CsvHelper;
using Gptx.Tool.Input;

namespace Gptx.Tool.Output;

/// <summary>Comma-separated values (RFC 4180 with \n): vectors are columns v0, v1, ..., other lists are JSON inside their cell.</summary>
internal sealed class CsvResultWriter<T>(Report<T> report, TextWriter writer) : ResultWriter<T>
{
    private readonly CsvWriter _csv = CsvWriter.Create(writer, CsvWriterOptions.Default with { NewLine = "\n" }, true);
    private string[]? _header;

    public override void Write(T result, TextRow? row = null)
    {
        foreach (var line in report.CsvLines is { } lines ? lines(result) : [Fields(result)])
        {
            KeyValuePair<string, object?>[] all = [.. RowFields.Before(row), .. line, .. RowFields.After(row, line.Select(field => field.Key))];
            WriteLine([.. all.SelectMany(Columns)]);
        }
    }

    public override void Flush()
    {
        _csv.Flush();
        writer.Flush();
    }

    public override void Finish() => _csv.Flush();

    private IReadOnlyList<KeyValuePair<string, object?>> Fields(T result) =>
        [.. report.Shape.Fields.Select(field => KeyValuePair.Create(field.Name, field.Value(result)))];

    private void WriteLine(KeyValuePair<string, object?>[] columns)
    {
        string[] names = [.. columns.Select(column => column.Key)];
        if (_header is null)
        {
            _header = names;
            _csv.WriteRecord(names);
        }
        else if (!_header.SequenceEqual(names))
        {
            throw new GptxException(
                GptxErrorKind.InvalidArgument,
                "CsvColumnsDiffer",
                $"the results do not fit one CSV table: a row has {names.Length} columns, the first one {_header.Length}; ask for --jsonl");
        }

        _csv.WriteRecord([.. columns.Select(column => Cell(column.Value))]);
    }

    private static IEnumerable<KeyValuePair<string, object?>> Columns(KeyValuePair<string, object?> field) => field.Value is float[] vector
        ? vector.Select((number, index) => KeyValuePair.Create<string, object?>($"v{index}", number))
        : [field];

    private static string Cell(object? value) => value switch
    {
        null => "",
        string text => JsonValue.WellFormed(text),
        JsonElement { ValueKind: JsonValueKind.String } element => element.GetString() ?? "",
        bool truth => truth ? "true" : "false",
        double number => double.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : "",
        float number => float.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : "",
        int or long or ulong => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        Enum name => JsonValue.CamelCase(name),
        _ => Json(value),
    };

    private static string Json(object value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, JsonValue.Compact))
        {
            JsonValue.Write(json, value);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
