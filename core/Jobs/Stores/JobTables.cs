using System.Data.Common;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Gptx.Jobs.Log;

namespace Gptx.Jobs.Stores;

/// <summary>
/// The tables in which jobs keep what they are: <c>gptx_jobs</c> for good, a line a finished table; <c>gptx_unfinished</c>, <c>gptx_shards</c>, <c>gptx_units</c> and
/// <c>gptx_batches</c> until a job's end. Each has the table's name in front, so that a database may have many.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="table">The table whose job it is.</param>
internal sealed class JobTables(IStoreDatabase database, string table)
{
    private static readonly string[] Working = ["gptx_unfinished", "gptx_shards", "gptx_units", "gptx_batches"];

    /// <summary>Makes the tables that are not there yet.</summary>
    public void Create(StoreTransaction transaction)
    {
        database.LockTables(transaction);
        var (name, json) = ($"table_name {database.NameType} NOT NULL", database.JsonType);
        Create("gptx_jobs", $"{name} PRIMARY KEY, job {json} NOT NULL, rows {json} NOT NULL, row_count BIGINT NOT NULL, failed BIGINT NOT NULL, tokens BIGINT NOT NULL");
        Create("gptx_unfinished", $"{name} PRIMARY KEY, begun TEXT NOT NULL, job {json} NOT NULL, rows {json} NOT NULL");
        Create("gptx_shards", $"{name}, shard BIGINT NOT NULL, shards BIGINT NOT NULL, complete BIGINT NOT NULL, PRIMARY KEY (table_name, shard, shards)");
        Create("gptx_units", $"{name}, source BIGINT NOT NULL, unit BIGINT NOT NULL, row_count BIGINT NOT NULL, line_count BIGINT NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (table_name, source, unit)");
        Create("gptx_batches", $"{name}, source BIGINT NOT NULL, unit BIGINT NOT NULL, batch BIGINT NOT NULL, row_count BIGINT NOT NULL, failed BIGINT NOT NULL, tokens BIGINT NOT NULL, machine TEXT NOT NULL, frame {database.BytesType} NOT NULL, PRIMARY KEY (table_name, source, unit, batch)");

        void Create(string table, string columns) => transaction.Execute($"CREATE TABLE IF NOT EXISTS {table} ({columns})");
    }

    /// <summary>The job that is not at its end; null where there is none.</summary>
    public JobPlan? Unfinished(StoreTransaction transaction) => !database.Has(transaction, "gptx_unfinished") ? null : transaction
        .Query($"SELECT {Text("job")}, {Text("rows")}, begun FROM gptx_unfinished WHERE table_name = @p0", reader => Plan(reader, Guid.TryParse(reader.GetString(2), out var begun) ? begun : null), table)
        .FirstOrDefault();

    /// <summary>The job that made the table, and how it went; null where no job says that it did.</summary>
    public (JobPlan Plan, JobSummary Summary)? Finished(StoreTransaction transaction) => !database.Has(transaction, "gptx_jobs") ? null : transaction
        .Query<(JobPlan, JobSummary)?>($"SELECT {Text("job")}, {Text("rows")}, row_count, failed, tokens FROM gptx_jobs WHERE table_name = @p0", reader => (
            Plan(reader, null),
            new JobSummary(reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4), reader.GetInt64(2), IsFinished: true) { TokensBefore = reader.GetInt64(4) }), table)
        .FirstOrDefault();

    /// <summary>Begins a job, unless it has begun.</summary>
    /// <returns>Whether it was begun now.</returns>
    public bool Begin(StoreTransaction transaction, JobPlan plan) => transaction.Execute(
        $"INSERT INTO gptx_unfinished (table_name, begun, job, rows) VALUES (@p0, @p1, {Json("@p2")}, {Json("@p3")}) ON CONFLICT DO NOTHING",
        table, $"{Guid.NewGuid()}", Text(plan.WriteEntries), Text(plan.Rows!.WriteFields)) > 0;

    /// <summary>Takes note that a shard has begun.</summary>
    public void Begin(StoreTransaction transaction, Shard shard) => transaction.Execute(
        "INSERT INTO gptx_shards (table_name, shard, shards, complete) VALUES (@p0, @p1, @p2, 0) ON CONFLICT DO NOTHING", table, (long)shard.Index, (long)shard.Count);

    /// <summary>Takes note whether a shard is at its end.</summary>
    public void Complete(StoreTransaction transaction, Shard shard, bool isComplete) => transaction.Execute(
        "UPDATE gptx_shards SET complete = @p3 WHERE table_name = @p0 AND shard = @p1 AND shards = @p2", table, (long)shard.Index, (long)shard.Count, isComplete ? 1L : 0L);

    /// <summary>The shards that have begun, and whether each is at its end.</summary>
    public IReadOnlyList<(Shard Shard, bool IsComplete)> Shards(StoreTransaction transaction) => !database.Has(transaction, "gptx_shards") ? [] : transaction.Query(
        "SELECT shard, shards, complete FROM gptx_shards WHERE table_name = @p0 ORDER BY shards, shard",
        reader => (new Shard((int)reader.GetInt64(0), (int)reader.GetInt64(1)), reader.GetInt64(2) != 0), table);

    /// <summary>Records a batch, without the results of its rows, and on which kind of machine it was computed.</summary>
    public void Add(StoreTransaction transaction, LoggedBatch batch, string machine)
    {
        var failed = batch.Rows.Count(row => row.Fault is not null);
        var frame = LogFrames.Of(batch with { Rows = [.. batch.Rows.Select(row => row with { Json = [] })] });
        transaction.Execute(
            """
            INSERT INTO gptx_batches (table_name, source, unit, batch, row_count, failed, tokens, machine, frame) VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8)
            ON CONFLICT (table_name, source, unit, batch) DO UPDATE SET row_count = excluded.row_count, failed = excluded.failed, tokens = excluded.tokens, machine = excluded.machine, frame = excluded.frame
            """,
            table, (long)batch.Source, batch.Unit, (long)batch.Batch, (long)batch.Rows.Count, (long)failed, batch.Rows.Sum(row => (long)row.Tokens), machine, frame);
    }

    /// <summary>Records that a unit is whole.</summary>
    public void Add(StoreTransaction transaction, LoggedUnit unit) => transaction.Execute(
        """
        INSERT INTO gptx_units (table_name, source, unit, row_count, line_count, hash) VALUES (@p0, @p1, @p2, @p3, @p4, @p5)
        ON CONFLICT (table_name, source, unit) DO UPDATE SET row_count = excluded.row_count, line_count = excluded.line_count, hash = excluded.hash
        """,
        table, (long)unit.Source, unit.Unit, (long)unit.Rows, unit.Lines, unit.Hash.ToString("x32", CultureInfo.InvariantCulture));

    /// <summary>The whole units, in the order of the sources.</summary>
    public List<LoggedUnit> Units(StoreTransaction transaction) => transaction.Query(
        "SELECT source, unit, row_count, line_count, hash FROM gptx_units WHERE table_name = @p0 ORDER BY source, unit",
        reader => new LoggedUnit((int)reader.GetInt64(0), reader.GetInt64(1), (int)reader.GetInt64(2), reader.GetInt64(3), Hash(reader.GetString(4))), table);

    /// <summary>The kinds of machines that computed it.</summary>
    public IReadOnlyList<string> Machines(StoreTransaction transaction) =>
        [.. transaction.Query("SELECT DISTINCT machine FROM gptx_batches WHERE table_name = @p0", reader => reader.GetString(0), table).Order(StringComparer.Ordinal)];

    /// <summary>The units of which anything is recorded.</summary>
    public List<(int Source, long Unit)> Begun(StoreTransaction transaction) => transaction.Query(
        "SELECT DISTINCT source, unit FROM gptx_batches WHERE table_name = @p0 ORDER BY source, unit", reader => ((int)reader.GetInt64(0), reader.GetInt64(1)), table);

    /// <summary>The batches of a unit.</summary>
    public List<LoggedBatch> Batches(StoreTransaction transaction, int source, long unit) => transaction.Query(
        "SELECT frame FROM gptx_batches WHERE table_name = @p0 AND source = @p1 AND unit = @p2 ORDER BY batch", Batch, table, (long)source, unit);

    /// <summary>Says for good what the finished table is, and forgets how it came to be.</summary>
    public void Finish(StoreTransaction transaction, JobPlan plan, JobSummary summary)
    {
        transaction.Execute(
            $"""
            INSERT INTO gptx_jobs (table_name, job, rows, row_count, failed, tokens) VALUES (@p0, {Json("@p1")}, {Json("@p2")}, @p3, @p4, @p5)
            ON CONFLICT (table_name) DO UPDATE SET job = excluded.job, rows = excluded.rows, row_count = excluded.row_count, failed = excluded.failed, tokens = excluded.tokens
            """,
            table, Text(plan.WriteEntries), Text(plan.Rows!.WriteFields), summary.Rows, summary.Failed, summary.Tokens);
        Drop(transaction);
    }

    /// <summary>Forgets the job that is not at its end.</summary>
    public void Drop(StoreTransaction transaction) => Array.ForEach(Working, working => transaction.Execute($"DELETE FROM {working} WHERE table_name = @p0", table));

    private JobPlan Plan(DbDataReader reader, Guid? begun) => JobPlan.Parse(reader.GetString(0), reader.GetString(1), begun, database.Name);

    private LoggedBatch Batch(DbDataReader reader)
    {
        try
        {
            return (LoggedBatch)LogFrames.Parse(reader.GetFieldValue<byte[]>(0))!;
        }
        catch (Exception error) when (error is IOException or InvalidCastException or ArgumentException or NullReferenceException or OutOfMemoryException)
        {
            throw Damaged("a batch of gptx_batches", error);
        }
    }

    private UInt128 Hash(string text) => UInt128.TryParse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var hash) ? hash : throw Damaged("a hash of gptx_units", null);

    private GptxException Damaged(string what, Exception? error) =>
        new(GptxErrorKind.InvalidArgument, "JobDamaged", $"{database.Name}: {what} cannot be read: start anew with --force", error);

    private string Json(string parameter) => $"CAST({parameter} AS {database.JsonType})";

    private static string Text(string column) => $"CAST({column} AS TEXT)";

    private static string Text(Action<Utf8JsonWriter> write) => Encoding.UTF8.GetString(RowJson.Object(write));
}
