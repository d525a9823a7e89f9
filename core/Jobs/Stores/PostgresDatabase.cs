using System.Data.Common;
using System.Globalization;
using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using Npgsql;

namespace Gptx.Jobs.Stores;

/// <summary>
/// PostgreSQL: a server. What the one process that works on a shard holds is an advisory lock of its session, which the server lets go of when the connection ends.
/// Vectors have pgvector's type where the database has that extension, else they are <c>real[]</c>.
/// </summary>
internal sealed class PostgresDatabase(StoreAddress address) : IStoreDatabase
{
    private const int BatchRows = 256;

    /// <summary>The most dimensions that pgvector stores.</summary>
    private const int WidestVector = 16_000;

    /// <summary>What an entry of an index may have, in bytes, less what is beside the id.</summary>
    private const int LongestId = 2600;

    private readonly Lazy<NpgsqlDataSource> _source = new(() => PostgresConnection.Source(address));
    private string? _vectorSchema;

    /// <inheritdoc/>
    public string Name => $"{address}";

    /// <inheritdoc/>
    public bool MayHaveTables => true;

    /// <inheritdoc/>
    public string ErrorsPath => $"{string.Concat(address.Table.Select(letter => letter is '/' or '\\' || Path.GetInvalidFileNameChars().Contains(letter) ? '_' : letter))}.errors.jsonl";

    /// <inheritdoc/>
    public string NameType => "TEXT";

    /// <inheritdoc/>
    public string BytesType => "BYTEA";

    /// <inheritdoc/>
    public string JsonType => "JSON";

    /// <inheritdoc/>
    public bool KeepsFolder => false;

    /// <inheritdoc/>
    public DbConnection Open()
    {
        var connection = _source.Value.OpenConnection();
        try
        {
            var transaction = new StoreTransaction(connection, null);
            if (transaction.Query("SELECT current_setting('server_encoding')", reader => reader.GetString(0))[0] is var encoding and not "UTF8")
            {
                throw new GptxException(GptxErrorKind.InvalidArgument, "StoreAddressInvalid", $"{address}: the database's encoding is {encoding}: it must be UTF8, since texts have any letters");
            }

            _vectorSchema = transaction.Query("SELECT CAST(extnamespace::regnamespace AS text) FROM pg_extension WHERE extname = 'vector'", reader => reader.GetString(0)).FirstOrDefault();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public string MakeFolder() => Directory.CreateTempSubdirectory("gptx-job-").FullName;

    /// <inheritdoc/>
    public void SweepFolder()
    {
        // It lies among the system's temporary files, under a name that nobody asks for again.
    }

    /// <inheritdoc/>
    public IDisposable? TryLock(DbConnection connection, Shard shard, string folder)
    {
        var transaction = new StoreTransaction(connection, null);
        var schema = transaction.Query("SELECT CAST(current_schema() AS text)", reader => reader.IsDBNull(0) ? "" : reader.GetString(0))[0];
        var key = (long)XxHash64.HashToUInt64(Encoding.UTF8.GetBytes($"gptx {schema} {address.Table} {shard}"));
        return transaction.Query("SELECT pg_try_advisory_lock(@p0)", reader => reader.GetBoolean(0), key)[0] ? new AdvisoryLock(transaction, key) : null;
    }

    /// <inheritdoc/>
    public void LockTables(StoreTransaction transaction) => transaction.Execute("SELECT pg_advisory_xact_lock(@p0)", (long)XxHash64.HashToUInt64("gptx tables"u8));

    /// <inheritdoc/>
    public bool Has(StoreTransaction transaction, string table) => transaction.Query("SELECT to_regclass(@p0) IS NOT NULL", reader => reader.GetBoolean(0), StoreTransaction.Quoted(table))[0];

    /// <inheritdoc/>
    public IReadOnlyList<string> ColumnsOf(StoreTransaction transaction, string table) => transaction.Query(
        "SELECT attname || ' ' || format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = to_regclass(@p0) AND attnum > 0 AND NOT attisdropped ORDER BY attnum",
        reader => reader.GetString(0),
        StoreTransaction.Quoted(table));

    /// <inheritdoc/>
    public string TypeOf(RowColumn column, int? width) => column.Type switch
    {
        RowType.Text => "TEXT",
        RowType.Integer => "BIGINT",
        RowType.Real => "DOUBLE PRECISION",
        RowType.Boolean => "BOOLEAN",
        RowType.Vector when _vectorSchema is { } schema && width is null or <= WidestVector => string.Create(
            CultureInfo.InvariantCulture, $"{schema}.vector{(width is { } numbers ? $"({numbers})" : "")}"),
        RowType.Vector => "REAL[]",
        _ => "JSON",
    };

    /// <inheritdoc/>
    public string Cast(RowColumn column, string parameter) => column.Type switch
    {
        RowType.Text or RowType.Integer or RowType.Real or RowType.Boolean => parameter,
        RowType.Vector => $"CAST({parameter} AS real[])",
        _ => $"CAST({parameter} AS json)",
    };

    /// <inheritdoc/>
    public string Selected(RowColumn column) => column.Type switch
    {
        RowType.Text or RowType.Integer or RowType.Real or RowType.Boolean => StoreTransaction.Quoted(column.Name),
        RowType.Vector => $"CAST({StoreTransaction.Quoted(column.Name)} AS real[])",
        _ => $"CAST({StoreTransaction.Quoted(column.Name)} AS text)",
    };

    /// <inheritdoc/>
    public object ToDatabase(RowColumn column, JsonElement value) => (column.Type, value.ValueKind) switch
    {
        (_, JsonValueKind.Null or JsonValueKind.Undefined) => DBNull.Value,
        (RowType.Integer, _) => value.GetInt64(),
        (RowType.Real, _) => value.GetDouble(),
        (RowType.Boolean, _) => value.GetBoolean(),
        (RowType.Vector, _) => StoreValues.Floats(value),
        _ => StoreValues.Text(value),
    };

    /// <inheritdoc/>
    public float[] Vector(DbDataReader reader, int column) => reader.GetFieldValue<float[]>(column);

    /// <inheritdoc/>
    public string? Fault(IReadOnlyList<RowColumn> columns, object[] values)
    {
        if (values[0] is string id && Encoding.UTF8.GetByteCount(id) > LongestId)
        {
            return $"its id has {Encoding.UTF8.GetByteCount(id)} bytes: at most {LongestId} fit into the key of a table of PostgreSQL";
        }

        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] is string text && text.Contains('\0', StringComparison.Ordinal))
            {
                return $"its '{columns[i].Name}' has a NUL, which no text of PostgreSQL can have";
            }

            if (_vectorSchema is not null && values[i] is float[] { Length: <= WidestVector } vector && !vector.All(float.IsFinite))
            {
                return $"its '{columns[i].Name}' has a number that is not finite, which no vector of pgvector can have";
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public void ExecuteEach(StoreTransaction transaction, string sql, IReadOnlyList<object[]> rows)
    {
        foreach (var chunk in rows.Chunk(BatchRows))
        {
            using var batch = transaction.Connection.CreateBatch();
            batch.Transaction = transaction.Transaction;
            foreach (var row in chunk)
            {
                var command = batch.CreateBatchCommand();
                command.CommandText = sql;
                StoreTransaction.Bind(command.Parameters, command.CreateParameter, row);
                batch.BatchCommands.Add(command);
            }

            batch.ExecuteNonQuery();
        }
    }

    /// <inheritdoc/>
    public void Interrupt(DbConnection connection)
    {
        using var other = _source.Value.OpenConnection();
        new StoreTransaction(other, null).Execute("SELECT pg_cancel_backend(@p0)", ((NpgsqlConnection)connection).ProcessID);
    }

    /// <inheritdoc/>
    public bool MayPass(Exception error) => error switch
    {
        PostgresException { SqlState: var state } => state is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
            or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.TooManyConnections,
        NpgsqlException { InnerException: IOException or System.Net.Sockets.SocketException or TimeoutException } => true,
        NpgsqlException { IsTransient: true } => true,
        _ => false,
    };

    /// <inheritdoc/>
    public string Reason(Exception error) => error switch
    {
        PostgresException answer => $"{answer.MessageText} (SQLSTATE {answer.SqlState})",
        { InnerException: { } inner } => $"{error.Message}: {inner.Message}",
        _ => error.Message,
    };

    /// <summary>A lock of a session: it ends with the session at the latest.</summary>
    private sealed class AdvisoryLock(StoreTransaction session, long key) : IDisposable
    {
        public void Dispose()
        {
            try
            {
                session.Query("SELECT pg_advisory_unlock(@p0)", reader => reader.GetBoolean(0), key);
            }
            catch (Exception error) when (error is DbException or InvalidOperationException)
            {
                // The connection is gone, and with it the lock.
            }
        }
    }
}
