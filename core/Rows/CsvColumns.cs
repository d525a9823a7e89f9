using System.Text.Json;
using CsvHelper;

namespace Gptx.Rows;

/// <summary>The columns of a file that are read.</summary>
internal sealed class CsvColumns
{
    private readonly int _text;
    private readonly int? _id;
    private readonly IReadOnlyList<(string Name, int Column)> _kept;
    private readonly int _count;

    /// <summary>Finds the columns by their names.</summary>
    /// <exception cref="GptxException"><c>FieldMissing</c>: a column that is asked for is not there; <c>FieldRepeated</c>: it is there twice.</exception>
    public CsvColumns(IReadOnlyList<string> headers, RowFields fields, string source)
    {
        _count = headers.Count;
        _text = Find(fields.TextName);
        _id = fields.Id is { } id ? Find(id) : null;
        _kept = [.. fields.Keep.Select(name => (name, Find(name)))];

        int Find(string name)
        {
            int[] found = [.. headers.Index().Where(header => header.Item == name).Select(header => header.Index)];
            return found switch
            {
                [var column] => column,
                [] => throw RowFault.NoColumn(source, name, headers),
                _ => throw RowFault.ColumnTwice(source, name),
            };
        }
    }

    /// <summary>What the reader stands on.</summary>
    /// <param name="csv">The reader.</param>
    /// <param name="row">Where the row stands.</param>
    public SourceRow Row(CsvReader csv, SourceRow row)
    {
        if (csv.FieldCount != _count)
        {
            return row with { Fault = RowFault.Unreadable($"it has {csv.FieldCount} fields, the header {_count}") };
        }

        try
        {
            return row with
            {
                Text = PlainText.Of(csv.GetSpan(_text)),
                Id = _id is { } id ? JsonSerializer.SerializeToElement(PlainText.Of(csv.GetSpan(id)), RowJsonContext.Default.String) : null,
                Kept = [.. _kept.Select(kept => KeyValuePair.Create(kept.Name, JsonSerializer.SerializeToElement(PlainText.Of(csv.GetSpan(kept.Column)), RowJsonContext.Default.String)))],
            };
        }
        catch (GptxException fault)
        {
            return row with { Fault = fault };
        }
    }
}
