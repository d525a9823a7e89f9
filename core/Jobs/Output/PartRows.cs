using System.Text.Json;

namespace Gptx.Jobs.Output;

/// <summary>Takes the list in a row apart: a row an item, with the fields of both, and <c>part</c>, which counts them.</summary>
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

    private static void Copy(Utf8JsonWriter writer, JsonElement from, string name)
    {
        if (from.TryGetProperty(name, out var value))
        {
            writer.WritePropertyName(name);
            value.WriteTo(writer);
        }
    }
}
