using Gptx.Checkpoints;
using Gptx.Jobs.Log;
using Gptx.Jobs.Output;

namespace Gptx.Jobs.Stores;

/// <summary>The work on a table, or on a shard of it, by the one process that holds it.</summary>
internal sealed class StoreWork : IJobWork
{
    private readonly StoreSession _session;
    private readonly StoreAddress _address;
    private readonly JobPlan _plan;
    private readonly string _errors;
    private readonly Shard _shard;
    private readonly JobTables _jobs;
    private readonly StoreColumns _columns;
    private readonly RowTable _rows;
    private readonly string _folder;
    private bool _isFinished;
    private Guid _job;

    /// <summary>The work; nothing is done yet.</summary>
    public StoreWork(StoreSession session, StoreAddress address, JobPlan plan, string errors, Shard shard)
    {
        (_session, _address, _plan, _errors, _shard) = (session, address, plan, errors, shard);
        _jobs = new JobTables(session.Database, address.Table);
        _columns = new StoreColumns(plan.Rows!);
        _rows = new RowTable(session.Database, $"{address.Table}_partial", _columns.All, _columns.Key);
        _folder = session.Database.MakeFolder();
    }

    /// <summary>Takes hold of the shard, and begins the job or goes on with it.</summary>
    /// <param name="drops">Whether what was done of it before is dropped.</param>
    /// <exception cref="GptxException"><c>JobLocked</c>, <c>JobDiffers</c>, <c>OutputExists</c>, <c>OutputNotWritable</c>.</exception>
    public void Begin(bool drops)
    {
        _session.Hold(_shard, _folder);

        // Shards of one cut work beside each other; the whole, or shards of another cut, would do the same rows.
        var others = _session.Read(_jobs.Shards).Select(other => other.Shard).Where(other => other != _shard && (drops || other.Count != _shard.Count)).ToList();
        if (others.Find(other => !_session.IsFree(other, _folder)) is { } busy)
        {
            throw new GptxException(GptxErrorKind.OutputNotWritable, "JobLocked", $"{_address} is held: another process works on shard {busy} of it");
        }

        _job = _session.Do(transaction => Begin(transaction, drops));
    }

    /// <inheritdoc/>
    public IJobLedger Ledger(string machine, Predicate<LoggedFault> triesAgain, CancellationToken cancellation) =>
        new StoreLedger(_session, _jobs, _rows, _columns, _shard, _job, machine, triesAgain, cancellation);

    /// <inheritdoc/>
    public PriorRows Prior()
    {
        var table = new RowTable(_session.Database, _address.Table, _columns.All, _columns.Key);
        RowColumn[] chosen = [.. _columns.All.SkipLast(StoreColumns.Order.Count)];
        return _session.Read(transaction => new PriorRows(
            table.Read(transaction, chosen).Select(reader => table.Json(reader, chosen)), _plan.Rows!, Path.Join(_folder, $"{_shard.Index}-of-{_shard.Count}.prior")));
    }

    /// <inheritdoc/>
    public JobSummary Finish(IReadOnlyList<Shard> shards, CancellationToken cancellation)
    {
        var summary = _session.Do(transaction => Finish(transaction, cancellation), cancellation, stopsAnywhere: true);
        _isFinished = true;
        return summary;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _session.Dispose();
        if (_isFinished || !_session.Database.KeepsFolder)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private Guid Begin(StoreTransaction transaction, bool drops)
    {
        _jobs.Create(transaction);
        if (drops)
        {
            _jobs.Drop(transaction);
            _rows.Drop(transaction);
        }

        if (_jobs.Begin(transaction, _plan) && _rows.Exists(transaction))
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "OutputExists", $"{_address}_partial is there already, and of no job: rows lie in such a table until a job's end; rename it");
        }

        var recorded = _jobs.Unfinished(transaction)!;
        _plan.RequireSame(recorded);
        _jobs.Begin(transaction, _shard);
        return recorded.Begun ?? throw new GptxException(GptxErrorKind.InvalidArgument, "JobDamaged", $"{_address}: gptx_unfinished does not say when the job was begun: start anew with --force");
    }

    private JobSummary Finish(StoreTransaction transaction, CancellationToken cancellation)
    {
        if (_jobs.Unfinished(transaction)?.Begun != _job)
        {
            return Ended(transaction);
        }

        _rows.Create(transaction, null);
        var errors = Path.Join(_folder, "errors.jsonl");
        JobSummary summary;
        using (var lines = new FileStream(errors, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 16))
        {
            var settlement = new RowSettlement(_plan.Rows!, () => Units(transaction), _folder);
            summary = settlement.Settle(lines, (_, _) => { }, (unit, row) => _rows.Remove(transaction, unit.Source, row), cancellation);
        }

        summary = summary with { Machines = _jobs.Machines(transaction) };
        _rows.Become(transaction, _address.Table);
        _jobs.Finish(transaction, _plan, summary);
        Publish(errors, summary.Failed);
        return summary;
    }

    // The server went away just when it had done what it was told, so that it is told again; or somebody else has dropped the job.
    private JobSummary Ended(StoreTransaction transaction)
    {
        var (made, summary) = _jobs.Finished(transaction) ?? throw StoreLedger.Dropped(_session.Database);
        _plan.RequireSame(made);
        return summary;
    }

    private void Publish(string made, long failed)
    {
        if (failed > 0)
        {
            using var lines = File.OpenRead(made);
            AtomicFile.Write(_errors, overwrite: true, lines.CopyTo, JobFiles.Unfinished(_folder, _errors));
        }
        else
        {
            File.Delete(_errors);
        }
    }

    private IEnumerable<(LoggedUnit Unit, LoggedRow[] Rows)> Units(StoreTransaction transaction) => _jobs.Units(transaction)
        .Select(unit => (unit, (LoggedRow[])[.. _jobs.Batches(transaction, unit.Source, unit.Unit).SelectMany(batch => batch.Rows).OrderBy(row => row.Order)]));
}
