using System.Data.Common;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Gptx.Jobs.Stores;

/// <summary>
/// SQLite: a file. It is left in the journal mode that it has; a new one keeps a rollback journal, since rows are written twice a second at most and a database of one
/// file can be copied, and lie where memory cannot be shared. Who finds it locked waits for a minute.
/// </summary>
internal sealed class SqliteDatabase(string path, string table) : IStoreDatabase
{
    private const int BusySeconds = 60;

    /// <inheritdoc/>
    public string Name => $"{path}#{table}";

    /// <inheritdoc/>
    public bool MayHaveTables => new FileInfo(path) is { Exists: true, Length: > 0 };

    /// <inheritdoc/>
    public string ErrorsPath => $"{Beside}.errors.jsonl";

    /// <inheritdoc/>
    public string NameType => "TEXT COLLATE NOCASE";

    /// <inheritdoc/>
    public string BytesType => "BLOB";

    /// <inheritdoc/>
    public string JsonType => "TEXT";

    private string Folder => $"{Beside}.partial";

    // What lies beside the file for one table of it; a name that no path can have is told by its hash.
    private string Beside => table == StoreAddress.DefaultTable ? path
        : table.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-') ? $"{path}.{table.ToLowerInvariant()}"
        : $"{path}.{XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(table.ToLowerInvariant())):x16}";

    /// <inheritdoc/>
    public DbConnection Open()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = BusySeconds }.ConnectionString);
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public string MakeFolder()
    {
        var folder = Folder;
        try
        {
            Directory.CreateDirectory(folder);
            return folder;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new GptxException(GptxErrorKind.OutputNotWritable, "OutputNotWritable", $"{folder} cannot be made: {error.Message}", error);
        }
    }

    /// <inheritdoc/>
    public bool KeepsFolder => true;

    /// <inheritdoc/>
    public void SweepFolder()
    {
        try
        {
            if (Directory.Exists(Folder) && Directory.GetFiles(Folder, $"*{JobFiles.LockEnding}").All(JobLock.IsFree))
            {
                Directory.Delete(Folder, recursive: true);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // What is left means nothing; another process may have begun here.
        }
    }

    /// <inheritdoc/>
    public IDisposable? TryLock(DbConnection connection, Shard shard, string folder) => JobLock.TryTake(Path.Join(folder, $"{shard.Index}-of-{shard.Count}{JobFiles.LockEnding}"));

    /// <inheritdoc/>
    public void LockTables(StoreTransaction transaction)
    {
        // One transaction writes at a time anyway.
    }

    /// <inheritdoc/>
    public bool Has(StoreTransaction transaction, string table) =>
        transaction.Query("SELECT 1 FROM sqlite_master WHERE type IN ('table', 'view') AND name = @p0 COLLATE NOCASE", _ => true, table).Count > 0;

    /// <inheritdoc/>
    public IReadOnlyList<string> ColumnsOf(StoreTransaction transaction, string table) =>
        transaction.Query("SELECT name, type FROM pragma_table_info(@p0)", reader => $"{reader.GetString(0)} {reader.GetString(1)}", table);

    /// <inheritdoc/>
    public string TypeOf(RowColumn column, int? width) => column.Type switch
    {
        RowType.Integer => "INTEGER",
        RowType.Real => "REAL",
        RowType.Boolean => "BOOLEAN",
        RowType.Vector => "BLOB",
        _ => "TEXT",
    };

    /// <inheritdoc/>
    public string Cast(RowColumn column, string parameter) => parameter;

    /// <inheritdoc/>
    public string Selected(RowColumn column) => StoreTransaction.Quoted(column.Name);

    /// <inheritdoc/>
    public object ToDatabase(RowColumn column, JsonElement value) => (column.Type, value.ValueKind) switch
    {
        (_, JsonValueKind.Null or JsonValueKind.Undefined) => DBNull.Value,
        (RowType.Integer, _) => value.GetInt64(),
        (RowType.Real, _) => value.GetDouble(),
        (RowType.Boolean, _) => value.GetBoolean() ? 1L : 0L,
        (RowType.Vector, _) => MemoryMarshal.AsBytes<float>(StoreValues.Floats(value)).ToArray(),
        _ => StoreValues.Text(value),
    };

    /// <inheritdoc/>
    public float[] Vector(DbDataReader reader, int column) => MemoryMarshal.Cast<byte, float>(reader.GetFieldValue<byte[]>(column)).ToArray();

    /// <inheritdoc/>
    public string? Fault(IReadOnlyList<RowColumn> columns, object[] values) => null;

    /// <inheritdoc/>
    public void ExecuteEach(StoreTransaction transaction, string sql, IReadOnlyList<object[]> rows)
    {
        using var command = transaction.Command(sql, rows[0]);
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Length; i++)
            {
                command.Parameters[i].Value = row[i];
            }

            command.ExecuteNonQuery();
        }
    }

    /// <inheritdoc/>
    public void Interrupt(DbConnection connection) => SQLitePCL.raw.sqlite3_interrupt(((SqliteConnection)connection).Handle);

    /// <inheritdoc/>
    public bool MayPass(Exception error) => false;

    /// <inheritdoc/>
    public string Reason(Exception error) => error is SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_BUSY }
        ? $"another process has kept the database locked for {BusySeconds} seconds"
        : error.Message;
}
