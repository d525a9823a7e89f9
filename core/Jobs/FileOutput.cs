using System.Globalization;
using Gptx.Jobs.Log;

namespace Gptx.Jobs;

/// <summary>A file, with the folder beside it in which the job is kept until its end.</summary>
internal sealed class FileOutput(JobFiles files) : IJobOutput
{
    /// <inheritdoc/>
    public string Name => files.Output;

    /// <inheritdoc/>
    public string PartialName => files.Partial;

    /// <inheritdoc/>
    public bool Exists => File.Exists(files.Output);

    /// <inheritdoc/>
    public IReadOnlyList<string> Others => files.Beside is { } beside ? [files.Errors, beside] : [files.Errors];

    /// <inheritdoc/>
    public JobPlan? Unfinished => File.Exists(files.Plan) ? JobPlan.Read(files.Plan) : null;

    /// <inheritdoc/>
    public (JobPlan Plan, JobSummary Summary)? Finished => FinishedJob.Read(files);

    /// <inheritdoc/>
    public IReadOnlyList<(Shard Shard, bool IsComplete)> Shards
    {
        get
        {
            var job = Unfinished?.Begun;
            return [.. Directory.EnumerateFiles(files.Partial, "*-of-*.log").Select(Path.GetFileNameWithoutExtension).Select(name => name!.Split("-of-"))
                .Where(parts => parts.Length == 2 && int.TryParse(parts[0], out _) && int.TryParse(parts[1], out _))
                .Select(parts => new Shard(int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture)))
                .Select(shard => (shard, new LogIndex(files.Log(shard)) is { IsComplete: true } index && index.Job == job))];
        }
    }

    /// <inheritdoc/>
    public void Sweep() => PartialFolder.Sweep(files);

    /// <inheritdoc/>
    public IJobWork Begin(JobPlan plan, Shard shard, bool anew = false) => new PartialFolder(files, plan, shard, anew);

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing is held: what works on the file is what Begin gives.
    }
}
