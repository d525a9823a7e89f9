using System.Buffers;
using System.Text;
using System.Text.Json;
using Gptx.Tool.Input;

namespace Gptx.Tool.Output;

/// <summary>A JSON object a line, sent on as soon as it is made.</summary>
internal sealed class JsonLinesWriter<T>(RecordShape<T> shape, TextWriter writer) : ResultWriter<T>
{
    private readonly JsonObjectText<T> _object = new(shape, JsonValue.Compact);

    public override void Write(T result, TextRow? row = null) => writer.Write(_object.Of(result, row) + "\n");

    public override void Flush() => writer.Flush();
}

/// <summary>One JSON document: a list with an object a line.</summary>
internal sealed class JsonArrayWriter<T>(RecordShape<T> shape, TextWriter writer) : ResultWriter<T>
{
    private readonly JsonObjectText<T> _object = new(shape, JsonValue.Compact);
    private bool _any;

    public override void Write(T result, TextRow? row = null)
    {
        writer.Write(_any ? ",\n" : "[\n");
        writer.Write(_object.Of(result, row));
        _any = true;
    }

    public override void Finish() => writer.Write(_any ? "\n]\n" : "[]\n");
}

/// <summary>One JSON document: the object.</summary>
internal sealed class JsonObjectWriter<T>(RecordShape<T> shape, TextWriter writer) : ResultWriter<T>
{
    private readonly JsonObjectText<T> _object = new(shape, JsonValue.Indented);

    public override void Write(T result, TextRow? row = null) => writer.Write(_object.Of(result, row) + "\n");
}

/// <summary>The JSON of results: the id of the row, the fields, and the fields copied from the row.</summary>
internal sealed class JsonObjectText<T>(RecordShape<T> shape, JsonWriterOptions options)
{
    private readonly ArrayBufferWriter<byte> _buffer = new();

    public string Of(T result, TextRow? row)
    {
        _buffer.ResetWrittenCount();
        using var json = new Utf8JsonWriter(_buffer, options);
        json.WriteStartObject();
        foreach (var (name, value) in RowFields.Before(row))
        {
            json.WritePropertyName(name);
            JsonValue.Write(json, value);
        }

        shape.WriteFields(json, result);
        foreach (var (name, value) in RowFields.After(row, shape.Fields.Select(field => field.Name)))
        {
            json.WritePropertyName(name);
            JsonValue.Write(json, value);
        }

        json.WriteEndObject();
        json.Flush();
        return Encoding.UTF8.GetString(_buffer.WrittenSpan);
    }
}
