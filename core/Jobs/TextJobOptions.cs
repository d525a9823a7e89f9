using Gptx.Rows;

namespace Gptx.Jobs;

/// <summary>What a job reads, where it writes, and how it behaves.</summary>
public sealed record TextJobOptions
{
    /// <summary>Where the rows come from, in order.</summary>
    public required IReadOnlyList<RowSource> Sources { get; init; }

    /// <summary>The file that is made, whose ending says how rows are written; or the address of a table (<see cref="Stores.StoreAddress"/>).</summary>
    public required string Output { get; init; }

    /// <summary>The fields that are read.</summary>
    public RowFields Fields { get; init; } = RowFields.Default;

    /// <summary>How long rows and units may be.</summary>
    public RowLimits Limits { get; init; } = new();

    /// <summary>Whether rows of JSON may be conversations.</summary>
    public bool MayBeChat { get; init; }

    /// <summary>The part that is done here. Default: all.</summary>
    public Shard Shard { get; init; } = Shard.Whole;

    /// <summary>The most rows that are computed together. Null (the default): 8, since on few processors small batches of like length were fastest.</summary>
    public int? BatchRows { get; init; }

    /// <summary>
    /// The most tokens that are computed together, padding counted. Null (the default): as many as the task takes well under a second for, since that is what a stop loses;
    /// 512 a row where <see cref="BatchRows"/> is given.
    /// </summary>
    public int? BatchTokens { get; init; }

    /// <summary>How many batches are computed at once on a CPU; rows are the same at any number. Default 0: one a processor.</summary>
    public int Threads { get; init; }

    /// <summary>Rows with more tokens are row errors; null (the default) leaves that to the model's context.</summary>
    public int? MaxRowTokens { get; init; }

    /// <summary>Goes on where an earlier run of the same job stopped; one that is finished is left as it is.</summary>
    public bool Resume { get; init; }

    /// <summary>Writes over an output that exists, and drops the rest of a job that was stopped.</summary>
    public bool Force { get; init; }

    /// <summary>Where rows with faults are listed; null (the default) is beside the output, <c>OUT.errors.jsonl</c>.</summary>
    public string? Errors { get; init; }

    /// <summary>How long a database server that went away is waited for. Default 30 s: as long as one takes that is started again.</summary>
    public TimeSpan StorePatience { get; init; } = Stores.StoreSession.UsualPatience;

    /// <summary>With <see cref="Resume"/>: rows that failed are tried again, those of a finished job too.</summary>
    public bool RetryErrors { get; init; }

    /// <summary>Rows of an output that is there already are kept where their id and text are the same, and only the others are computed.</summary>
    public bool Update { get; init; }

    /// <summary>What a row of the output is.</summary>
    public RowLayout Layout { get; init; }

    /// <summary>
    /// How long rows may take that are computed together. Then the batch is stopped and its rows run alone, each as long; one that takes longer is a row error, and is
    /// tried again by a run that goes on. Null (the default): as long as it takes, since what a clock decides is not the same twice.
    /// </summary>
    public TimeSpan? RowTimeout { get; init; }

    /// <summary>With more faults than this the job stops. Null (the default): all rows are tried.</summary>
    public long? MaxErrors { get; init; }
}
