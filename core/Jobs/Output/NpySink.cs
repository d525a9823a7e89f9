using System.Runtime.InteropServices;
using System.Text.Json;
using Gptx.Checkpoints;

namespace Gptx.Jobs.Output;

/// <summary>
/// Vectors as a NumPy matrix of float32, a row of the job a row of the matrix, [rows, width]; beside it, as lines of JSON, all else that rows have: ids, texts, fields that
/// are carried over. The number of rows stands in front of them and is known at the end, so the header is written twice.
/// </summary>
internal sealed class NpySink : IRowSink
{
    private readonly Stream _stream;
    private readonly BufferedStream _values;
    private readonly BufferedStream _ids;
    private readonly string _vector;
    private readonly long _start;
    private long _rows;
    private int _width;

    public NpySink(Stream stream, Stream ids, IReadOnlyList<RowColumn> columns)
    {
        _vector = columns.First(column => column.Type == RowType.Vector).Name;
        _stream = stream;
        _start = stream.Position;
        _values = new BufferedStream(stream, 1 << 16);
        _ids = new BufferedStream(ids, 1 << 16);
        _values.Write(Header(long.MaxValue, int.MaxValue));
    }

    public void Write(ReadOnlyMemory<byte> row)
    {
        using var json = JsonDocument.Parse(row);
        float[] vector = [.. json.RootElement.GetProperty(_vector).EnumerateArray().Select(value => value.ValueKind == JsonValueKind.Null ? float.NaN : value.GetSingle())];
        _width = vector.Length;
        _values.Write(MemoryMarshal.AsBytes<float>(vector));
        _rows++;
        _ids.Write(RowJson.Object(writer =>
        {
            foreach (var property in json.RootElement.EnumerateObject().Where(property => property.Name != _vector))
            {
                property.WriteTo(writer);
            }
        }));
        _ids.WriteByte((byte)'\n');
    }

    public void Finish(JobPlan plan, JobSummary summary)
    {
        _ids.Flush();
        _values.Flush();
        _stream.Position = _start;
        _stream.Write(Header(_rows, _width));
        _stream.Seek(0, SeekOrigin.End);
    }

    public void Dispose()
    {
        // The streams are whose who gave them, and closing the buffers would close them.
    }

    // As long as the longest, whatever the numbers are: NumPy takes headers of any multiple of 64 bytes.
    private static byte[] Header(long rows, int width) => NpyHeader.Write(ElementType.Float32, [rows, width], atLeast: 128);
}
