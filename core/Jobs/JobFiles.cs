using Gptx.Checkpoints;
using Gptx.Jobs.Output;

namespace Gptx.Jobs;

/// <summary>Where a job's files lie: what it makes, and what it keeps until then.</summary>
/// <param name="Output">The file that is made.</param>
/// <param name="Errors">Where rows with faults are listed.</param>
internal sealed record JobFiles(string Output, string Errors)
{
    /// <summary>How the names of locks end.</summary>
    public const string LockEnding = ".lock";

    /// <summary>What the job was, beside an output that cannot say so itself.</summary>
    public string Provenance => $"{Output}.job.json";

    /// <summary>What is made beside an output that holds vectors alone: the ids of its rows; null for other outputs.</summary>
    public string? Beside => RowSinks.Beside(Output) is { } ending ? $"{Output}{ending}" : null;

    /// <summary>The folder in which rows lie until all are there.</summary>
    public string Partial => $"{Output}.partial";

    /// <summary>What the job in that folder is.</summary>
    public string Plan => Path.Join(Partial, "plan.json");

    /// <summary>The rows that a shard has done.</summary>
    public string Log(Shard shard) => Path.Join(Partial, $"{shard.Index}-of-{shard.Count}.log");

    /// <summary>What a shard holds while it runs, so that no other process does the same.</summary>
    public string Lock(Shard shard) => Path.Join(Partial, $"{shard.Index}-of-{shard.Count}{LockEnding}");

    /// <summary>
    /// Where a file is written before it is moved into its place: in the folder of the job, so that a kill leaves nothing elsewhere; where the file lies on another volume,
    /// as a link may lead to, beside it, always under one name.
    /// </summary>
    public string Unfinished(string path) => Unfinished(Partial, path);

    /// <summary>Where a file is written before it is moved into its place, of a job with any folder.</summary>
    public static string Unfinished(string folder, string path)
    {
        var target = RealPath.Of(path);
        var name = Path.GetFileName(target);
        return Path.GetDirectoryName(target) == Path.GetDirectoryName(RealPath.Of(folder)) ? Path.Join(folder, $"{name}.tmp") : Path.Join(Path.GetDirectoryName(target), $".{name}.tmp");
    }
}
