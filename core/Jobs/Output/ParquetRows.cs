using System.Text.Json;
using Parquet;
using Parquet.Schema;

namespace Gptx.Jobs.Output;

/// <summary>Reads rows back that <see cref="ParquetSink"/> wrote, as the JSON objects that they were. A row group is held at a time.</summary>
internal static class ParquetRows
{
    /// <summary>Rows in their order.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">What its columns hold; those that are not among them are fields that were carried over.</param>
    public static IEnumerable<ReadOnlyMemory<byte>> Read(string path, IReadOnlyList<RowColumn> columns)
    {
        using var file = File.OpenRead(path);
        var parquet = ParquetReader.CreateAsync(file, leaveStreamOpen: true).GetAwaiter().GetResult();
        RowColumn[] all = [.. parquet.Schema.Fields.Select(field => columns.FirstOrDefault(column => column.Name == field.Name) ?? Kept(field))];
        for (var number = 0; number < parquet.RowGroupCount; number++)
        {
            using var group = parquet.OpenRowGroupReader(number);
            ParquetCursor[] leaves = [.. all.SelectMany(Leaves).Zip(parquet.Schema.DataFields, (type, field) => ParquetCursor.Of(group, field, type))];
            for (var row = 0L; row < group.RowCount; row++)
            {
                yield return RowJson.Object(json =>
                {
                    var leaf = 0;
                    foreach (var column in all)
                    {
                        json.WritePropertyName(column.Name);
                        Write(json, column, leaves, ref leaf, new Depth(0, 0));
                    }
                });
            }
        }
    }

    private static RowColumn Kept(Field field) => new(field.Name, field is DataField leaf && leaf.ClrType == typeof(long) ? RowType.Integer
        : field is DataField real && real.ClrType == typeof(double) ? RowType.Real
        : field is DataField truth && truth.ClrType == typeof(bool) ? RowType.Boolean
        : RowType.Text);

    private static IEnumerable<RowType> Leaves(RowColumn column) => column.Type == RowType.Records ? column.Items!.SelectMany(Leaves) : [column.Type];

    private static void Write(Utf8JsonWriter json, RowColumn column, ParquetCursor[] leaves, ref int leaf, Depth depth)
    {
        if (column.Type is not (RowType.Records or RowType.Vector or RowType.Texts or RowType.Integers))
        {
            leaves[leaf++].Write(json);
            return;
        }

        var (first, count) = (leaf, Leaves(column).Count());
        var isThere = leaves[first].Definition > depth.Definition;
        if (leaves[first].Definition <= depth.Definition + 1)
        {
            // A list that is null, or has no element, takes one place of each leaf.
            Array.ForEach(leaves[first..(first + count)], cursor => cursor.Pass());
            json.WriteRawValue(isThere ? "[]"u8 : "null"u8);
            leaf += count;
            return;
        }

        json.WriteStartArray();
        do
        {
            leaf = first;
            Element(json, column, leaves, ref leaf, new Depth(depth.Definition + 2, depth.Lists + 1));
        }
        while (leaves[first].HasPlace && leaves[first].Repetition == depth.Lists + 1);
        json.WriteEndArray();
    }

    private static void Element(Utf8JsonWriter json, RowColumn list, ParquetCursor[] leaves, ref int leaf, Depth depth)
    {
        if (list.Items is not { } fields)
        {
            leaves[leaf++].Write(json);
            return;
        }

        json.WriteStartObject();
        foreach (var field in fields)
        {
            json.WritePropertyName(field.Name);
            Write(json, field, leaves, ref leaf, depth with { Definition = depth.Definition + 1 });
        }

        json.WriteEndObject();
    }

    /// <summary>How deep a value stands: what is around it is defined so deep, in so many lists.</summary>
    private readonly record struct Depth(int Definition, int Lists);
}
