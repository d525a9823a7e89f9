using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using Parquet;
using Parquet.Schema;

namespace Gptx.Rows;

/// <summary>
/// Reads Apache Parquet. A unit is a row group, or a part of one; a row is named by its number. Only the columns that are asked for are read, a row group at a time.
/// </summary>
/// <param name="source">The source.</param>
/// <param name="index">Which source of the job it is.</param>
/// <param name="fields">The columns that are read.</param>
internal sealed class ParquetRowReader(RowSource source, int index, RowFields fields) : IRowReader
{
    private const int RowsOfUnit = 4096;

    /// <summary>What the values of columns become: <see cref="long"/>, <see cref="double"/>, <see cref="bool"/> or <see cref="string"/>.</summary>
    /// <exception cref="GptxException"><c>FieldMissing</c>; <c>InputNotReadable</c>, <c>InputDamaged</c>.</exception>
    public static Type[] TypesOf(RowSource source, IReadOnlyList<string> names)
    {
        using var open = new OpenSource(source);
        var reader = new ParquetRowReader(source, 0, RowFields.Default);
        var parquet = reader.Read(() => ParquetReader.CreateAsync(open.Stream, leaveStreamOpen: true).GetAwaiter().GetResult());
        return [.. names.Select(name => ParquetValues.TypeOf(reader.Column(parquet.Schema, name)))];
    }

    /// <inheritdoc/>
    public IEnumerable<RowUnit> Units(Func<long, bool> isWanted, CancellationToken cancellation)
    {
        using var open = new OpenSource(source);
        var parquet = Read(() => ParquetReader.CreateAsync(open.Stream, leaveStreamOpen: true, cancellationToken: cancellation).GetAwaiter().GetResult());
        string[] names = [fields.TextName, .. fields.Id is { } id ? [id] : (string[])[], .. fields.Keep];
        DataField[] columns = [.. names.Select(name => Column(parquet.Schema, name))];
        var (number, first) = (0L, 0L);
        for (var group = 0; group < parquet.RowGroupCount; group++)
        {
            using var rows = parquet.OpenRowGroupReader(group);
            var count = checked((int)rows.RowCount);
            var parts = (count + RowsOfUnit - 1) / RowsOfUnit;
            if (Enumerable.Range(0, parts).Any(part => isWanted(number + part)))
            {
                JsonElement[][] values = [.. columns.Select(column => Read(() => ParquetValues.Of(rows, column, count)))];
                for (var part = 0; part < parts; part++)
                {
                    cancellation.ThrowIfCancellationRequested();
                    if (isWanted(number + part))
                    {
                        yield return Unit(number + part, values, part * RowsOfUnit, Math.Min(count, (part + 1) * RowsOfUnit), first) with { PartRead = (group + ((part + 1.0) / parts)) / parquet.RowGroupCount };
                    }
                }
            }

            number += parts;
            first += count;
        }

        open.RequireUnchanged();
    }

    private RowUnit Unit(long number, JsonElement[][] values, int start, int end, long first)
    {
        var hash = new XxHash128();
        var rows = new SourceRow[end - start];
        for (var row = start; row < end; row++)
        {
            foreach (var column in values)
            {
                hash.Append(Encoding.UTF8.GetBytes(column[row].GetRawText()));
                hash.Append("\n"u8);
            }

            rows[row - start] = Row(values, row, first + row);
        }

        return new RowUnit(index, number, rows, Lines: 0, hash.GetCurrentHashAsUInt128());
    }

    private SourceRow Row(JsonElement[][] values, int row, long number)
    {
        var kept = fields.Id is null ? 1 : 2;
        var found = new SourceRow(number, number, fields.Id is null ? null : values[1][row], null)
        {
            Kept = [.. fields.Keep.Index().Select(name => KeyValuePair.Create(name.Item, values[kept + name.Index][row]))],
        };
        return found.Id is { ValueKind: JsonValueKind.Null } ? found with { Id = null, Fault = RowFault.Unreadable($"its field '{fields.Id}' is null") }
            : values[0][row].ValueKind == JsonValueKind.String ? found with { Text = values[0][row].GetString() }
            : found with { Fault = RowFault.Unreadable($"its field '{fields.TextName}' is no text") };
    }

    private DataField Column(ParquetSchema schema, string name) => schema.DataFields.FirstOrDefault(field => field.Path.Length == 1 && field.Name == name && !field.IsArray) ?? throw new GptxException(
        GptxErrorKind.InvalidArgument,
        "FieldMissing",
        $"{source.Name} has no column '{name}' of single values; its columns are {string.Join(", ", schema.DataFields.Select(field => field.Path.ToString()).Take(50))}");

    private T Read<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is not (GptxException or OperationCanceledException or OutOfMemoryException))
        {
            // The library says in many ways that a file is damaged.
            throw new GptxException(GptxErrorKind.InvalidInput, "InputDamaged", $"{source.Name} cannot be read as Parquet: {error.Message}", error);
        }
    }
}
