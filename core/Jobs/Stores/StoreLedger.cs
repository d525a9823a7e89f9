using Gptx.Jobs.Log;

namespace Gptx.Jobs.Stores;

/// <summary>
/// The record of one shard in the database. Batches are gathered for half a second and then written in one transaction, their rows and the note that they are done together:
/// what a kill takes is half a second of work, and shards that write one table seldom wait for each other.
/// </summary>
internal sealed class StoreLedger : IJobLedger
{
    private const int MostBytes = 8 << 20;
    private static readonly TimeSpan BetweenWrites = TimeSpan.FromSeconds(0.5);

    private readonly StoreSession _session;
    private readonly JobTables _jobs;
    private readonly RowTable _rows;
    private readonly StoreColumns _columns;
    private readonly Shard _shard;
    private readonly Guid _job;
    private readonly string _machine;
    private readonly CancellationToken _cancellation;
    private readonly List<LoggedBatch> _batches = [];
    private readonly List<LoggedUnit> _units = [];
    private readonly List<object[]> _values = [];
    private long _bytes;
    private long _since;
    private bool _hasTable;
    private bool _isBroken;

    /// <summary>Reads what was recorded before.</summary>
    public StoreLedger(
        StoreSession session, JobTables jobs, RowTable rows, StoreColumns columns, Shard shard, Guid job, string machine, Predicate<LoggedFault> triesAgain, CancellationToken cancellation)
    {
        (_session, _jobs, _rows, _columns, _shard, _job, _machine, _cancellation) = (session, jobs, rows, columns, shard, job, machine, cancellation);
        Recorded = new RecordedWork(triesAgain);
        session.Read(Remember);
        _since = Environment.TickCount64;
    }

    /// <inheritdoc/>
    public RecordedWork Recorded { get; }

    /// <inheritdoc/>
    public void Add(LoggedBatch batch)
    {
        var stored = batch with { Rows = [.. batch.Rows.Select(row => Stored(batch, row))] };
        _batches.Add(stored);
        Recorded.Add(stored);
        _bytes += batch.Rows.Sum(row => (long)row.Json.Length);
        WriteInTime();
    }

    /// <inheritdoc/>
    public void Add(LoggedUnit unit)
    {
        _units.Add(unit);
        Recorded.Add(unit);
        WriteInTime();
    }

    /// <inheritdoc/>
    public void Complete()
    {
        Write(isComplete: true);
        Recorded.Complete();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_isBroken && (_batches.Count > 0 || _units.Count > 0))
        {
            Write(isComplete: false);
        }
    }

    /// <summary>The error that the job is not there any more.</summary>
    public static GptxException Dropped(IStoreDatabase database) =>
        new(GptxErrorKind.OutputNotWritable, "JobDropped", $"{database.Name}: somebody has dropped this job, or ended it, meanwhile: nothing more is written");

    private bool Remember(StoreTransaction transaction)
    {
        foreach (var (source, unit) in _jobs.Begun(transaction).Where(unit => _shard.Takes(unit.Source, unit.Unit)))
        {
            _jobs.Batches(transaction, source, unit).ForEach(Recorded.Add);
        }

        foreach (var unit in _jobs.Units(transaction).Where(unit => _shard.Takes(unit.Source, unit.Unit)))
        {
            Recorded.Add(unit);
        }

        if (_jobs.Shards(transaction).Contains((_shard, true)))
        {
            Recorded.Complete();
        }

        _hasTable = _rows.Exists(transaction);
        return true;
    }

    // The row as it is recorded; its values wait to be written.
    private LoggedRow Stored(LoggedBatch batch, LoggedRow row)
    {
        if (row.Fault is not null)
        {
            return row;
        }

        List<object[]> values = [.. _columns.Rows(row.Json).Select(part => _rows.Values(part, batch.Source, row.Offset))];
        if (values.Select(value => _session.Database.Fault(_columns.All, value)).FirstOrDefault(fault => fault is not null) is { } fault)
        {
            return row with { Json = [], Fault = new LoggedFault("RowNotStorable", fault) };
        }

        _values.AddRange(values);
        return row with { Json = [] };
    }

    private void WriteInTime()
    {
        if (_bytes >= MostBytes || Environment.TickCount64 - _since >= BetweenWrites.TotalMilliseconds)
        {
            Write(isComplete: false);
        }
    }

    private void Write(bool isComplete)
    {
        _isBroken = true;
        _session.Do(transaction => Write(transaction, isComplete), _cancellation);
        _isBroken = false;
        _hasTable |= _values.Count > 0;
        (_bytes, _since) = (0, Environment.TickCount64);
        _batches.Clear();
        _units.Clear();
        _values.Clear();
    }

    private bool Write(StoreTransaction transaction, bool isComplete)
    {
        if (_jobs.Unfinished(transaction)?.Begun != _job)
        {
            throw Dropped(_session.Database);
        }

        if (!_hasTable && _values.Count > 0)
        {
            _rows.Create(transaction, _values[0].OfType<float[]>().FirstOrDefault()?.Length);
        }

        foreach (var (batch, row) in _batches.SelectMany(batch => batch.Rows.Where(row => row.Fault is { MayPass: true }).Select(row => (batch, row))))
        {
            if (_hasTable)
            {
                _rows.Remove(transaction, batch.Source, row); // It may have gone well before.
            }
        }

        _rows.Put(transaction, _values);
        _batches.ForEach(batch => _jobs.Add(transaction, batch, _machine));
        _units.ForEach(unit => _jobs.Add(transaction, unit));
        _jobs.Complete(transaction, _shard, isComplete);
        return true;
    }
}
