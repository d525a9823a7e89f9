using System.IO.Hashing;
using System.Text;
using System.Text.Json;

namespace Gptx.Rows;

/// <summary>
/// Reads Apache Parquet. A unit is a row group, or a part of one; a row is named by its number. Only the columns that are asked for are read, a row group at a time.
/// </summary>
/// <param name="source">The source.</param>
/// <param name="index">Which source of the job it is.</param>
/// <param name="fields">The columns that are read.</param>
/// <param name="limits">How long a row may be, and how much memory a row group may take.</param>
internal sealed class ParquetRowReader(RowSource source, int index, RowFields fields, RowLimits limits) : IRowReader
{
    private const int RowsOfUnit = 4096;

    /// <summary>What the values of columns become: <see cref="long"/>, <see cref="double"/>, <see cref="bool"/> or <see cref="string"/>.</summary>
    /// <exception cref="GptxException"><c>FieldMissing</c>, <c>FieldRepeated</c>; <c>InputNotReadable</c>, <c>InputDamaged</c>.</exception>
    public static Type[] TypesOf(RowSource source, IReadOnlyList<string> names)
    {
        using var open = new OpenSource(source);
        return new ParquetRowGroups(open, source.Name, names, CancellationToken.None).Types;
    }

    /// <inheritdoc/>
    public IEnumerable<RowUnit> Units(Func<long, bool> isWanted, CancellationToken cancellation)
    {
        using var open = new OpenSource(source);
        var file = new ParquetRowGroups(open, source.Name, [fields.TextName, .. fields.Id is { } id ? [id] : (string[])[], .. fields.Keep], cancellation);
        file.RequireRoom(limits.GroupBytes);
        var (number, first) = (0L, 0L);
        for (var group = 0; group < file.Rows.Count; group++)
        {
            var count = file.Rows[group];
            var parts = (count + RowsOfUnit - 1) / RowsOfUnit;
            if (Enumerable.Range(0, parts).Any(part => isWanted(number + part)))
            {
                var values = file.Read(group);
                for (var part = 0; part < parts; part++)
                {
                    cancellation.ThrowIfCancellationRequested();
                    if (isWanted(number + part))
                    {
                        yield return Unit(number + part, values, part * RowsOfUnit, Math.Min(count, (part + 1) * RowsOfUnit), first) with { PartRead = (group + ((part + 1.0) / parts)) / file.Rows.Count };
                    }
                }
            }

            number += parts;
            first += count;
        }

        open.RequireUnchanged();
    }

    private RowUnit Unit(long number, Func<int, JsonElement>[] columns, int start, int end, long first)
    {
        var hash = new XxHash128();
        var rows = new SourceRow[end - start];
        for (var row = start; row < end; row++)
        {
            rows[row - start] = Row(columns, row, first + row, hash);
        }

        return new RowUnit(index, number, rows, Lines: 0, hash.GetCurrentHashAsUInt128());
    }

    private SourceRow Row(Func<int, JsonElement>[] columns, int row, long number, XxHash128 hash)
    {
        try
        {
            JsonElement[] values = [.. columns.Select(column => column(row))];
            var bytes = values.Sum(value => Hashed(hash, value.GetRawText()));
            return bytes <= limits.RowBytes ? Row(values, number) : throw RowFault.TooLong(bytes, limits.RowBytes);
        }
        catch (GptxException fault)
        {
            Hashed(hash, fault.Message);
            return new SourceRow(number, number, null, null) { Fault = fault };
        }
    }

    private static long Hashed(XxHash128 hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        hash.Append(bytes);
        hash.Append("\n"u8);
        return bytes.Length;
    }

    private SourceRow Row(JsonElement[] values, long number)
    {
        var found = new SourceRow(number, number, fields.Id is null ? null : values[1], null)
        {
            Kept = [.. fields.Keep.Zip(values.Skip(fields.Id is null ? 1 : 2), KeyValuePair.Create)],
        };
        return found.Id is { ValueKind: not (JsonValueKind.String or JsonValueKind.Number) and var kind }
                ? found with { Id = null, Fault = RowFault.Unreadable($"its field '{fields.Id}' is {kind.ToString().ToLowerInvariant()}: it must be a string or a number") }
            : values[0].ValueKind == JsonValueKind.String ? found with { Text = values[0].GetString() }
            : found with { Fault = RowFault.Unreadable($"its field '{fields.TextName}' is {(values[0].ValueKind == JsonValueKind.Null ? "null" : "no text")}") };
    }
}
