using System.Data.Common;

namespace Gptx.Jobs.Stores;

/// <summary>
/// A finished table of a database, to read: its rows in the order of the input, one held at a time, and what the job was that made them. Vectors belong together only
/// where <see cref="ModelHash"/> is the same.
/// </summary>
public sealed class StoreTable : IDisposable
{
    private readonly StoreSession _session;
    private readonly RowTable _table;
    private readonly RowColumn[] _chosen;
    private readonly bool _hasVectors;

    private StoreTable(StoreSession session, RowTable table, StoreAddress address, JobPlan plan, long count)
    {
        (_session, _table) = (session, table);
        Address = address;
        Count = count;
        Job = plan.Entries.ToDictionary(StringComparer.Ordinal);
        var text = table.Columns.Skip(1).FirstOrDefault(column => column.Type == RowType.Text) ?? RowColumn.RowId;
        var vector = table.Columns.FirstOrDefault(column => column.Type == RowType.Vector);
        _hasVectors = vector is not null;
        _chosen = vector is null ? [RowColumn.RowId, text] : [RowColumn.RowId, text, vector];
    }

    /// <summary>Where it is.</summary>
    public StoreAddress Address { get; }

    /// <summary>How many rows of the input are in it.</summary>
    public long Count { get; }

    /// <summary>What the job was that made it: version, task, SHA-256 of the model, every option that changes rows.</summary>
    public IReadOnlyDictionary<string, string> Job { get; }

    /// <summary>The command that made it, for example <c>embed</c>.</summary>
    public string Task => Job.GetValueOrDefault("task", "");

    /// <summary>SHA-256 of the model that made it, in hexadecimal (<see cref="Jobs.ModelHash"/>).</summary>
    public string ModelHash => Job.GetValueOrDefault("model", "");

    /// <summary>Its columns, in order.</summary>
    public IReadOnlyList<RowColumn> Columns => _table.Columns;

    /// <summary>Opens a table.</summary>
    /// <param name="address">Its address (<see cref="StoreAddress"/>).</param>
    /// <exception cref="GptxException">
    /// <c>StoreAddressInvalid</c>; <c>StoreNotReachable</c>; <c>StoreTableMissing</c>: there is none of that name, or no job of Gptx made it, or the job is not at its end;
    /// <c>JobDamaged</c>.
    /// </exception>
    public static StoreTable Open(string address)
    {
        var at = StoreAddress.Parse(address);
        var database = StoreDatabases.Of(at);
        if (!database.MayHaveTables)
        {
            throw Missing(at, "the file is not there");
        }

        var session = new StoreSession(database);
        try
        {
            return session.Read(transaction => Open(session, transaction, database, at));
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>The rows, read as they are asked for. One reading at a time.</summary>
    /// <exception cref="GptxException"><c>StoreDamaged</c>: a value is not what its column holds; <c>StoreNotReachable</c>.</exception>
    public IEnumerable<StoredRow> Rows(CancellationToken cancellation = default)
    {
        using var readers = _session.Read(transaction => _table.Read(transaction, _chosen)).GetEnumerator();
        while (Next(readers) is { } row)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return row;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    private static StoreTable Open(StoreSession session, StoreTransaction transaction, IStoreDatabase database, StoreAddress at)
    {
        var jobs = new JobTables(database, at.Table);
        if (!database.Has(transaction, at.Table))
        {
            throw Missing(at, jobs.Unfinished(transaction) is null ? "there is no such table" : "the job that makes it is not at its end: --resume goes on with it");
        }

        var (plan, summary) = jobs.Finished(transaction) ?? throw Missing(at, "no job of Gptx made this table");
        var columns = new StoreColumns(plan.Rows!);
        return new StoreTable(session, new RowTable(database, at.Table, columns.All, columns.Key), at, plan, summary.Rows - summary.Failed);
    }

    private StoredRow? Next(IEnumerator<DbDataReader> readers)
    {
        try
        {
            return !readers.MoveNext() ? null : readers.Current is var reader && _hasVectors && !reader.IsDBNull(2)
                ? new StoredRow(reader.GetString(0), Text(reader), _session.Database.Vector(reader, 2))
                : new StoredRow(reader.GetString(0), Text(reader), null);
        }
        catch (DbException error)
        {
            throw new GptxException(GptxErrorKind.InvalidInput, "StoreNotReachable", $"{Address} cannot be read on: {_session.Database.Reason(error)}", error);
        }
        catch (Exception error) when (error is InvalidCastException or InvalidOperationException or ArgumentException)
        {
            throw new GptxException(GptxErrorKind.InvalidInput, "StoreDamaged", $"{Address} has a value that is not what its column holds: {error.Message}", error);
        }
    }

    private static string Text(DbDataReader reader) => reader.IsDBNull(1) ? "" : reader.GetString(1);

    private static GptxException Missing(StoreAddress address, string why) => new(GptxErrorKind.InvalidArgument, "StoreTableMissing", $"{address} cannot be read: {why}");
}

/// <summary>A row of a table.</summary>
/// <param name="RowId">What names it.</param>
/// <param name="Text">Its text; empty where it has none.</param>
/// <param name="Vector">Its vector, to the bit as it was computed; null where the table has none.</param>
public sealed record StoredRow(string RowId, string Text, float[]? Vector);
