using System.Text.Json;
using Gptx.Jobs.Output;

namespace Gptx.Jobs;

/// <summary>
/// What the rows of a job look like, and where they come from: all that is needed to make the output of what was recorded. It is written down with the job, so that
/// whoever joins its shards needs neither the model nor the options.
/// </summary>
/// <param name="Task">The name of the task.</param>
/// <param name="Sources">What the sources are called, in order.</param>
/// <param name="Columns">The columns of a result.</param>
/// <param name="Keep">The columns of fields that are carried over.</param>
/// <param name="HasIds">Whether ids come from a field, so that one may be there twice.</param>
/// <param name="Layout">What a row of the output is.</param>
internal sealed record RowSchema(
    string Task, IReadOnlyList<string> Sources, IReadOnlyList<RowColumn> Columns, IReadOnlyList<RowColumn> Keep, bool HasIds, RowLayout Layout)
{
    /// <summary>The schema of a job.</summary>
    public static RowSchema Of(IRowTask task, TextJobOptions options) =>
        new(task.Name, [.. options.Sources.Select(source => source.Name)], task.Columns, KeptColumns.Of(options), options.Fields.Id is not null, options.Layout);

    /// <summary>The columns of the output, without <c>rowId</c> and the fields that are carried over.</summary>
    public IReadOnlyList<RowColumn> OutputColumns => Layout == RowLayout.Part ? new PartRows(Columns, Task).Columns : Columns;

    /// <summary>Reads what <see cref="Write(Utf8JsonWriter)"/> wrote.</summary>
    /// <exception cref="InvalidOperationException">A value is of another kind.</exception>
    /// <exception cref="KeyNotFoundException">One is missing.</exception>
    /// <exception cref="FormatException">A type or layout is unknown.</exception>
    public static RowSchema Read(JsonElement json) => new(
        json.GetProperty("task").GetString()!,
        Texts(json.GetProperty("sources")),
        ReadColumns(json.GetProperty("columns")),
        ReadColumns(json.GetProperty("keep")),
        json.GetProperty("hasIds").GetBoolean(),
        Named<RowLayout>(json.GetProperty("layout")));

    /// <summary>Writes the schema as an object named <c>rows</c>.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("rows");
        WriteFields(json);
        json.WriteEndObject();
    }

    /// <summary>Writes what it has as properties.</summary>
    public void WriteFields(Utf8JsonWriter json)
    {
        json.WriteString("task", Task);
        Write(json, "sources", Sources);
        Write(json, "columns", Columns);
        Write(json, "keep", Keep);
        json.WriteBoolean("hasIds", HasIds);
        json.WriteString("layout", $"{Layout}");
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<RowColumn> columns)
    {
        json.WriteStartArray(name);
        foreach (var column in columns)
        {
            json.WriteStartObject();
            json.WriteString("name", column.Name);
            json.WriteString("type", $"{column.Type}");
            if (column.Items is { } items)
            {
                Write(json, "items", items);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string[] Texts(JsonElement list) => [.. list.EnumerateArray().Select(text => text.GetString()!)];

    private static RowColumn[] ReadColumns(JsonElement list) =>
    [
        .. list.EnumerateArray().Select(column => new RowColumn(
            column.GetProperty("name").GetString()!,
            Named<RowType>(column.GetProperty("type")),
            column.TryGetProperty("items", out var items) ? ReadColumns(items) : null)),
    ];

    private static T Named<T>(JsonElement name)
        where T : struct, Enum => Enum.TryParse<T>(name.GetString(), out var value) && Enum.IsDefined(value) ? value : throw new FormatException($"'{name}' is no {typeof(T).Name}");
}
