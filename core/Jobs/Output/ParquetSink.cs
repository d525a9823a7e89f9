using System.Text.Json;
using Parquet;
using Parquet.Schema;

namespace Gptx.Jobs.Output;

/// <summary>
/// Rows as Apache Parquet, compressed with Zstandard: vectors are lists of float32, tokens and candidates lists of records. Fields that are carried over are strings. What
/// the job was is in the file's metadata.
/// </summary>
internal sealed class ParquetSink : IRowSink
{
    private const int RowsOfGroup = 16_384;
    private const int BytesOfGroup = 64 << 20;

    private readonly ParquetColumn[] _columns;
    private readonly IReadOnlyList<DataField>[] _fields;
    private readonly ParquetWriter _writer;
    private int _rows;
    private long _bytes;

    public ParquetSink(Stream stream, IReadOnlyList<RowColumn> columns)
    {
        _columns = [.. columns.Select(column => new ParquetColumn(column))];
        var schema = new ParquetSchema([.. _columns.Select(column => column.Field)]);
        _writer = ParquetWriter.CreateAsync(schema, stream, new ParquetOptions { CompressionMethod = CompressionMethod.Zstd }).GetAwaiter().GetResult();
        var place = 0;
        _fields = [.. _columns.Select(column =>
        {
            DataField[] leaves = [.. schema.DataFields.Skip(place).Take(column.Leaves)];
            place += column.Leaves;
            return leaves;
        })];
    }

    public void Write(ReadOnlyMemory<byte> row)
    {
        using var json = JsonDocument.Parse(row);
        for (var i = 0; i < _columns.Length; i++)
        {
            _columns[i].Add(json.RootElement);
        }

        _bytes += row.Length;
        if (++_rows == RowsOfGroup || _bytes >= BytesOfGroup)
        {
            WriteGroup();
        }
    }

    public void Finish(JobPlan plan, JobSummary summary)
    {
        if (_rows > 0)
        {
            WriteGroup();
        }

        _writer.CustomMetadata = ParquetProvenance.Of(plan, summary);
        _writer.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    public void Dispose()
    {
        // Finish has ended the file; one that is cut short is thrown away.
    }

    private void WriteGroup()
    {
        using var group = _writer.CreateRowGroup();
        for (var i = 0; i < _columns.Length; i++)
        {
            _columns[i].Write(group, _fields[i]);
        }

        (_rows, _bytes) = (0, 0);
    }
}
