using Gptx.Jobs.Log;

namespace Gptx.Jobs;

/// <summary>What an earlier run of the job has recorded: whole units, and batches of a unit that is not whole yet.</summary>
internal sealed class RecordedWork
{
    private readonly Dictionary<(int Source, long Unit), LoggedUnit> _units = [];
    private readonly Dictionary<(int Source, long Unit), Dictionary<int, (UInt128 Hash, int Rows, int Faults)>> _batches = [];

    /// <summary>Rows with a result.</summary>
    public long Rows { get; private set; }

    /// <summary>Rows with a fault.</summary>
    public long Faults { get; private set; }

    /// <summary>Tokens that were computed.</summary>
    public long Tokens { get; private set; }

    /// <summary>Whether the job, or this shard of it, was at its end.</summary>
    public bool IsComplete { get; set; }

    /// <summary>Takes note of a batch.</summary>
    public void Add(LoggedBatch batch)
    {
        var faults = batch.Rows.Count(row => row.Fault is not null);
        var key = (batch.Source, batch.Unit);
        (_batches.TryGetValue(key, out var batches) ? batches : _batches[key] = [])[batch.Batch] = (batch.Hash, batch.Rows.Count, faults);
        Rows += batch.Rows.Count - faults;
        Faults += faults;
        Tokens += batch.Rows.Sum(row => (long)row.Tokens);
    }

    /// <summary>Takes note of a unit.</summary>
    public void Add(LoggedUnit unit)
    {
        _units[(unit.Source, unit.Unit)] = unit;
        _batches.Remove((unit.Source, unit.Unit));
    }

    /// <summary>Whether a unit is whole.</summary>
    public bool Has(int source, long unit) => _units.ContainsKey((source, unit));

    /// <summary>Whether a batch is recorded.</summary>
    public bool Has(int source, long unit, int batch) => _batches.TryGetValue((source, unit), out var batches) && batches.ContainsKey(batch);

    /// <summary>The hash that the unit had when it was recorded, whole or in part; null where nothing of it is.</summary>
    public UInt128? HashOf(int source, long unit) =>
        _units.TryGetValue((source, unit), out var whole) ? whole.Hash
        : _batches.TryGetValue((source, unit), out var batches) ? batches.Values.First().Hash
        : null;

    /// <summary>The units that are recorded, whole or in part.</summary>
    public IEnumerable<(int Source, long Unit)> Units => _units.Keys.Concat(_batches.Keys);
}
