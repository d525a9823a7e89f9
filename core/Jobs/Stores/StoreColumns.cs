using System.Text;
using Gptx.Jobs.Output;

namespace Gptx.Jobs.Stores;

/// <summary>
/// The columns of a table of rows: <c>rowId</c>, with <c>part</c> its key; those of the task; the fields that are carried over; and where each row stood in the input,
/// <c>rowSource</c> and <c>rowOffset</c>, so that a query can have their order.
/// </summary>
internal sealed class StoreColumns
{
    /// <summary>The columns by which rows are in the order of the input.</summary>
    public static readonly IReadOnlyList<RowColumn> Order = [new("rowSource", RowType.Integer), new("rowOffset", RowType.Integer)];

    private const int LongestName = 63;

    private readonly PartRows? _parts;
    private readonly IReadOnlyList<string> _kept;

    /// <summary>The columns of a job's table.</summary>
    /// <exception cref="GptxException"><c>KeepNameTaken</c>; <c>RowsNotDivisible</c>.</exception>
    public StoreColumns(RowSchema schema)
    {
        _parts = schema.Layout == RowLayout.Part ? new PartRows(schema.Columns, schema.Task) : null;
        _kept = [.. schema.Keep.Select(column => column.Name)];
        IReadOnlyList<RowColumn> own = [RowColumn.RowId, .. _parts?.Columns ?? schema.Columns];
        All = [.. own, .. schema.Keep, .. Order];
        Key = _parts is null ? [RowColumn.RowId.Name] : [RowColumn.RowId.Name, PartRows.Part];
        RequireNames([.. own, .. Order, .. schema.Keep]);
    }

    /// <summary>All of them.</summary>
    public IReadOnlyList<RowColumn> All { get; }

    /// <summary>The names of those that are the key.</summary>
    public IReadOnlyList<string> Key { get; }

    /// <summary>The rows of the table that a row of a job becomes, as JSON.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Rows(byte[] row) => _parts is null ? [row] : _parts.Of(row, _kept).Select(part => (ReadOnlyMemory<byte>)part);

    // SQLite does not tell A from a; PostgreSQL cuts long names off.
    private static void RequireNames(IReadOnlyList<RowColumn> columns)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in columns.Select(column => column.Name))
        {
            if (!taken.Add(name))
            {
                throw new GptxException(GptxErrorKind.InvalidArgument, "KeepNameTaken", $"--keep {name}: a column of the table is called so already, capitals or not; rename it in the input");
            }

            if (name.Length == 0 || Encoding.UTF8.GetByteCount(name) > LongestName || name.Any(char.IsControl))
            {
                throw new GptxException(GptxErrorKind.InvalidArgument, "KeepNameTaken", $"--keep '{name}': a column's name has 1 to {LongestName} bytes and no control characters; rename it in the input");
            }
        }
    }
}
