using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using Gptx.Jobs.Output;

namespace Gptx.Jobs;

/// <summary>The rows of an output that is there already: those whose id and text are the same need not be computed again.</summary>
internal sealed class PriorRows : IDisposable
{
    private const byte LineFeed = (byte)'\n';

    private readonly Dictionary<UInt128, (UInt128 Text, long Place, int Length)> _places = [];
    private readonly FileStream _rows;
    private readonly Lock _lock = new();

    /// <summary>Reads an output. What is held in memory is where each row stands, some hundred bytes a row.</summary>
    /// <param name="rows">Its rows, as JSON.</param>
    /// <param name="schema">What they look like.</param>
    /// <param name="copy">Where the rows lie meanwhile.</param>
    public PriorRows(IEnumerable<ReadOnlyMemory<byte>> rows, RowSchema schema, string copy)
    {
        _rows = new FileStream(copy, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
        foreach (var row in schema.Layout == RowLayout.Part ? new PartRows(schema.Columns, schema.Task).Whole(rows) : rows)
        {
            using var json = JsonDocument.Parse(row);
            var id = json.RootElement.GetProperty(RowColumn.RowId.Name);
            var text = json.RootElement.GetProperty(schema.Columns[0].Name).GetString() ?? "";
            _places[Hash(Name(id))] = (Hash(text), _rows.Position, row.Length);
            _rows.Write(row.Span);
            _rows.WriteByte(LineFeed);
        }
    }

    /// <summary>The ids that nobody has asked for: their rows are gone from the input.</summary>
    public IReadOnlyList<string> Gone()
    {
        lock (_lock)
        {
            return [.. _places.Values.OrderBy(place => place.Place).Select(place =>
            {
                using var json = JsonDocument.Parse(Row(place.Place, place.Length));
                return Name(json.RootElement.GetProperty(RowColumn.RowId.Name));
            })];
        }
    }

    /// <summary>Takes note that the input has an id, whose row is done already.</summary>
    public void Forget(string id)
    {
        lock (_lock)
        {
            _places.Remove(Hash(id));
        }
    }

    /// <summary>The row of an id, if its text is still the same; each is given once.</summary>
    public byte[]? Take(string id, string text)
    {
        lock (_lock)
        {
            var key = Hash(id);
            return _places.Remove(key, out var place) && place.Text == Hash(text) ? Row(place.Place, place.Length) : null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _rows.Dispose();

    private byte[] Row(long place, int length)
    {
        var row = new byte[length];
        _rows.Position = place;
        _rows.ReadExactly(row);
        return row;
    }

    private static string Name(JsonElement id) => id.ValueKind == JsonValueKind.String ? id.GetString()! : id.GetRawText();

    private static UInt128 Hash(string text) => XxHash128.HashToUInt128(Encoding.UTF8.GetBytes(text));
}
