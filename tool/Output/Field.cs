using System.Text.Json;

namespace Gptx.Tool.Output;

/// <summary>A field of a result: its name in JSON and CSV, and its value.</summary>
internal sealed record Field<T>(string Name, Func<T, object?> Value);

/// <summary>A value that is itself an object with fields, or a list of such.</summary>
internal interface INested
{
    void Write(Utf8JsonWriter json);
}

/// <summary>The fields of a kind of result, in the order in which they are written; all are documented in docs/output.md.</summary>
internal sealed class RecordShape<T>(params IReadOnlyList<Field<T>> fields)
{
    public IReadOnlyList<Field<T>> Fields => fields;

    /// <summary>Writes the fields into an object that is open.</summary>
    public void WriteFields(Utf8JsonWriter json, T record)
    {
        foreach (var field in fields)
        {
            json.WritePropertyName(field.Name);
            JsonValue.Write(json, field.Value(record));
        }
    }

    /// <summary>The record as a value of a field of another.</summary>
    public INested One(T record) => new NestedObject(this, record);

    /// <summary>Records as a value of a field of another.</summary>
    public INested List(IEnumerable<T> records) => new NestedList(this, records);

    private sealed class NestedObject(RecordShape<T> shape, T record) : INested
    {
        public void Write(Utf8JsonWriter json)
        {
            json.WriteStartObject();
            shape.WriteFields(json, record);
            json.WriteEndObject();
        }
    }

    private sealed class NestedList(RecordShape<T> shape, IEnumerable<T> records) : INested
    {
        public void Write(Utf8JsonWriter json)
        {
            json.WriteStartArray();
            foreach (var record in records)
            {
                shape.One(record).Write(json);
            }

            json.WriteEndArray();
        }
    }
}
