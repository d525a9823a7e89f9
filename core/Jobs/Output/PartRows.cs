using System.Text.Json;

namespace Gptx.Jobs.Output;

/// <summary>Takes the list in a row apart: a row an item, with the fields of both, and <c>part</c>, which counts them; and puts it together again.</summary>
internal sealed class PartRows
{
    /// <summary>The column that counts the items of a list.</summary>
    public const string Part = "part";

    private readonly RowColumn _list;
    private readonly IReadOnlyList<RowColumn> _others;

    /// <summary>Takes apart the rows of a task.</summary>
    /// <exception cref="GptxException"><c>RowsNotDivisible</c>: its rows have no list of records.</exception>
    public PartRows(IReadOnlyList<RowColumn> columns, string task)
    {
        _list = columns.FirstOrDefault(column => column.Type == RowType.Records) ?? throw new GptxException(
            GptxErrorKind.InvalidArgument, "RowsNotDivisible", $"rows of {task} have no list of tokens or candidates: leave --rows out");
        _others = [.. columns.Where(column => column != _list && _list.Items!.All(item => item.Name != column.Name))];
        Columns = [_others[0], new RowColumn(Part, RowType.Integer), .. _list.Items!, .. _others.Skip(1)];
    }

    /// <summary>The columns of what comes out, without <c>rowId</c> and the fields that are carried over.</summary>
    public IReadOnlyList<RowColumn> Columns { get; }

    /// <summary>The rows that a row becomes.</summary>
    public IEnumerable<byte[]> Of(ReadOnlyMemory<byte> row, IReadOnlyList<string> kept)
    {
        using var json = JsonDocument.Parse(row);
        var whole = json.RootElement;
        foreach (var (part, item) in whole.GetProperty(_list.Name).EnumerateArray().Index())
        {
            yield return RowJson.Object(writer =>
            {
                Copy(writer, whole, RowColumn.RowId.Name);
                Copy(writer, whole, _others[0].Name);
                writer.WriteNumber(Part, part);
                foreach (var column in _list.Items!)
                {
                    Copy(writer, item, column.Name);
                }

                foreach (var column in _others.Skip(1))
                {
                    Copy(writer, whole, column.Name);
                }

                foreach (var name in kept)
                {
                    Copy(writer, whole, name);
                }
            });
        }
    }

    /// <summary>
    /// The rows that parts were made of, as far as they can be known: a row whose list is empty has left none, and a field that an item has too is not there. The parts of a
    /// row stand together, in order.
    /// </summary>
    public IEnumerable<ReadOnlyMemory<byte>> Whole(IEnumerable<ReadOnlyMemory<byte>> parts)
    {
        var row = new List<JsonElement>();
        foreach (var bytes in parts)
        {
            using var json = JsonDocument.Parse(bytes);
            var part = json.RootElement.Clone();
            if (row.Count > 0 && !JsonElement.DeepEquals(row[0].GetProperty(RowColumn.RowId.Name), part.GetProperty(RowColumn.RowId.Name)))
            {
                yield return Joined(row);
                row.Clear();
            }

            row.Add(part);
        }

        if (row.Count > 0)
        {
            yield return Joined(row);
        }
    }

    private byte[] Joined(List<JsonElement> parts) => RowJson.Object(writer =>
    {
        foreach (var field in parts[0].EnumerateObject().Where(field => field.Name != Part && _list.Items!.All(item => item.Name != field.Name)))
        {
            field.WriteTo(writer);
        }

        writer.WriteStartArray(_list.Name);
        foreach (var part in parts)
        {
            writer.WriteStartObject();
            foreach (var column in _list.Items!)
            {
                Copy(writer, part, column.Name);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    private static void Copy(Utf8JsonWriter writer, JsonElement from, string name)
    {
        if (from.TryGetProperty(name, out var value))
        {
            writer.WritePropertyName(name);
            value.WriteTo(writer);
        }
    }
}
