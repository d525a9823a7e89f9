namespace Gptx.Jobs.Stores;

/// <summary>
/// A table of a database. Until a job's end its rows go into a table of their own, the name with <c>_partial</c> behind it, and what is done into the tables of
/// <see cref="JobTables"/>, always both in one transaction; at the end that table takes the place of the one that was there, in one transaction too.
/// </summary>
internal sealed class StoreOutput : IJobOutput
{
    private readonly StoreAddress _address;
    private readonly string _errors;
    private readonly IStoreDatabase _database;
    private readonly StoreSession _session;
    private readonly JobTables _jobs;

    /// <summary>The table of an address; it is not looked for yet.</summary>
    /// <param name="address">Where it is.</param>
    /// <param name="errors">Where rows with faults are listed.</param>
    /// <param name="patience">How long a server that went away is waited for; null is the usual time.</param>
    public StoreOutput(StoreAddress address, string errors, TimeSpan? patience)
    {
        (_address, _errors, _database) = (address, errors, StoreDatabases.Of(address));
        _session = new StoreSession(_database) { Patience = patience ?? StoreSession.UsualPatience };
        _jobs = new JobTables(_database, address.Table);
    }

    /// <inheritdoc/>
    public string Name => _address.ToString();

    /// <inheritdoc/>
    public string PartialName => $"{Name}_partial";

    /// <inheritdoc/>
    public bool Exists => Read(transaction => _database.Has(transaction, _address.Table));

    /// <inheritdoc/>
    public IReadOnlyList<string> Others => [_errors];

    /// <inheritdoc/>
    public JobPlan? Unfinished => Read(_jobs.Unfinished);

    /// <inheritdoc/>
    public (JobPlan Plan, JobSummary Summary)? Finished => Read(_jobs.Finished);

    /// <inheritdoc/>
    public IReadOnlyList<(Shard Shard, bool IsComplete)> Shards => _session.Read(_jobs.Shards);

    /// <inheritdoc/>
    public void Sweep()
    {
        if (Unfinished is null)
        {
            _database.SweepFolder();
        }
    }

    /// <inheritdoc/>
    public IJobWork Begin(JobPlan plan, Shard shard, bool anew = false)
    {
        var work = new StoreWork(_session, _address, plan, _errors, shard);
        try
        {
            work.Begin(anew);
            return work;
        }
        catch
        {
            work.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    private T? Read<T>(Func<StoreTransaction, T> read) => _database.MayHaveTables ? _session.Read(read) : default;
}
