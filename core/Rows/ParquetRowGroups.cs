using System.Text.Json;
using Parquet;
using Parquet.Schema;

namespace Gptx.Rows;

/// <summary>The row groups of a Parquet file, and of each the columns that are asked for. What the file says about itself is checked before it is believed.</summary>
internal sealed class ParquetRowGroups
{
    /// <summary>What a value takes in memory beside its bytes: a string has a header, and lies behind a reference to it.</summary>
    private const long BesideValue = 40;

    /// <summary>A page lies in memory beside the strings that are made of it, whose letters take two bytes.</summary>
    private const long Copies = 3;

    private readonly ParquetReader _parquet;
    private readonly OpenSource _open;
    private readonly DataField[] _columns;
    private readonly string _source;

    /// <summary>Opens a file.</summary>
    /// <param name="open">The file.</param>
    /// <param name="source">What it is called.</param>
    /// <param name="names">The columns that are read.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="GptxException"><c>InputDamaged</c>; <c>FieldMissing</c>, <c>FieldRepeated</c>.</exception>
    public ParquetRowGroups(OpenSource open, string source, IReadOnlyList<string> names, CancellationToken cancellation)
    {
        (_open, _source) = (open, source);
        _parquet = Guarded(() => ParquetReader.CreateAsync(open.Stream, leaveStreamOpen: true, cancellationToken: cancellation).GetAwaiter().GetResult());
        Rows = Guarded(() => (int[])[.. Enumerable.Range(0, _parquet.RowGroupCount).Select(RowsOf)]);
        DataField[] all = Guarded(() => _parquet.Schema.DataFields);
        _columns = [.. names.Select(name => Column(all, name))];
        _ = Types;
    }

    /// <summary>What the values of the columns become: <see cref="long"/>, <see cref="double"/>, <see cref="bool"/> or <see cref="string"/>.</summary>
    /// <exception cref="GptxException"><c>FieldMissing</c>.</exception>
    public Type[] Types => [.. _columns.Select(ParquetValues.TypeOf)];

    /// <summary>How many rows each has.</summary>
    public IReadOnlyList<int> Rows { get; }

    /// <summary>Refuses a file with a row group that takes more memory than allowed.</summary>
    /// <param name="most">The most bytes.</param>
    /// <exception cref="GptxException"><c>RowGroupTooLarge</c>.</exception>
    public void RequireRoom(long most)
    {
        for (var group = 0; group < Rows.Count; group++)
        {
            var number = group;
            var bytes = Guarded(() => MemoryOf(number));
            if (bytes > most)
            {
                throw new GptxException(
                    GptxErrorKind.InvalidArgument,
                    "RowGroupTooLarge",
                    $"row group {group} of {_source}, with {Rows[group]} rows, takes about {bytes} bytes of memory: at most {most} are allowed (--max-memory); write the file with smaller row groups");
            }
        }
    }

    /// <summary>The values of the columns of a row group, each by the row's place in it.</summary>
    /// <exception cref="GptxException"><c>InputDamaged</c>; <c>FieldMissing</c>: a column is of a type that rows do not have.</exception>
    public Func<int, JsonElement>[] Read(int group)
    {
        using var rows = Guarded(() => _parquet.OpenRowGroupReader(group));
        return [.. _columns.Select(column => Guarded(() => ParquetValues.Of(rows, column, Rows[group])))];
    }

    private int RowsOf(int group)
    {
        using var rows = _parquet.OpenRowGroupReader(group);
        return rows.RowCount is >= 0 and <= int.MaxValue and var count ? (int)count : throw new InvalidDataException($"row group {group} says that it has {rows.RowCount} rows");
    }

    private long MemoryOf(int group)
    {
        using var rows = _parquet.OpenRowGroupReader(group);
        return _columns.Sum(column =>
        {
            var facts = rows.GetMetadata(column)?.MetaData ?? throw new InvalidDataException($"row group {group} has no column '{column.Name}'");
            if (facts.NumValues != Rows[group] || facts.TotalUncompressedSize < 0 || facts.TotalCompressedSize < 0 || facts.TotalCompressedSize > _open.Stream.Length)
            {
                throw new InvalidDataException($"row group {group} says of column '{column.Name}' what cannot be: {facts.NumValues} values in {facts.TotalCompressedSize} bytes");
            }

            return (Copies * facts.TotalUncompressedSize) + (BesideValue * facts.NumValues);
        });
    }

    private DataField Column(DataField[] all, string name)
    {
        DataField[] found = [.. all.Where(field => field.Path.Length == 1 && field.Name == name && !field.IsArray)];
        return found switch
        {
            [var one] => one,
            [] => throw RowFault.NoColumn(_source, name, all.Select(field => field.Path.ToString())),
            _ => throw RowFault.ColumnTwice(_source, name),
        };
    }

    private T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is not (GptxException or OperationCanceledException))
        {
            // The library says in many ways that a file is damaged; too much memory is what a damaged size asks for.
            throw new GptxException(GptxErrorKind.InvalidInput, "InputDamaged", $"{_source} cannot be read as Parquet: {VisibleText.OneLine(VisibleText.Shorten(error.Message, 300))}", error);
        }
    }
}
