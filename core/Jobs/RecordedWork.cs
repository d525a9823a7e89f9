using Gptx.Jobs.Log;

namespace Gptx.Jobs;

/// <summary>What an earlier run of the job has recorded: whole units, and batches of a unit that is not whole yet.</summary>
/// <param name="triesAgain">Whether a row that failed so is tried again; its batch then counts as not recorded.</param>
internal sealed class RecordedWork(Predicate<LoggedFault> triesAgain)
{
    private readonly Dictionary<(int Source, long Unit), UInt128> _hashes = [];
    private readonly HashSet<(int Source, long Unit)> _whole = [];
    private readonly Dictionary<(int Source, long Unit), Dictionary<int, (int Rows, int Faults, long Tokens)>> _open = [];
    private readonly HashSet<(int Source, long Unit)> _toTryAgain = [];

    /// <summary>Rows with a result.</summary>
    public long Rows { get; private set; }

    /// <summary>Rows with a fault.</summary>
    public long Faults { get; private set; }

    /// <summary>Tokens that were computed.</summary>
    public long Tokens { get; private set; }

    /// <summary>Whether the job, or this shard of it, was at its end.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>The units that are recorded, whole or in part.</summary>
    public IEnumerable<(int Source, long Unit)> Units => _hashes.Keys;

    /// <summary>Takes note of a batch.</summary>
    public void Add(LoggedBatch batch)
    {
        var key = (batch.Source, batch.Unit);
        _hashes[key] = batch.Hash;
        if (batch.Rows.Any(row => row.Fault is { } fault && triesAgain(fault)))
        {
            _toTryAgain.Add(key);
            return;
        }

        var faults = batch.Rows.Count(row => row.Fault is not null);
        var counts = (Rows: batch.Rows.Count - faults, faults, batch.Rows.Sum(row => (long)row.Tokens));
        var batches = _open.TryGetValue(key, out var known) ? known : _open[key] = [];
        if (batches.Remove(batch.Batch, out var before))
        {
            Count(before, -1);
        }

        batches[batch.Batch] = counts;
        Count(counts, 1);
    }

    /// <summary>Takes note of a unit. Where rows of it are tried again, it is not whole.</summary>
    public void Add(LoggedUnit unit)
    {
        var key = (unit.Source, unit.Unit);
        _hashes[key] = unit.Hash;
        if (!_toTryAgain.Remove(key))
        {
            _whole.Add(key);
            _open.Remove(key);
        }
    }

    /// <summary>Takes note that all units are there.</summary>
    public void Complete() => IsComplete = _whole.Count == _hashes.Count;

    /// <summary>Whether a unit is whole.</summary>
    public bool Has(int source, long unit) => _whole.Contains((source, unit));

    /// <summary>Whether a batch is recorded.</summary>
    public bool Has(int source, long unit, int batch) => _open.TryGetValue((source, unit), out var batches) && batches.ContainsKey(batch);

    /// <summary>The hash that the unit had when it was recorded, whole or in part; null where nothing of it is.</summary>
    public UInt128? HashOf(int source, long unit) => _hashes.TryGetValue((source, unit), out var hash) ? hash : null;

    private void Count((int Rows, int Faults, long Tokens) batch, int sign)
    {
        Rows += sign * batch.Rows;
        Faults += sign * batch.Faults;
        Tokens += sign * batch.Tokens;
    }
}
