using System.Text.Json;
using Gptx.Checkpoints;

namespace Gptx.Jobs;

/// <summary>The folder beside an output in which a job's rows lie until all are there; held by one process a shard.</summary>
internal sealed class PartialFolder : IDisposable
{
    private readonly JobFiles _files;
    private readonly JobLock _lock;

    /// <summary>Opens the folder for a shard, or makes it.</summary>
    /// <exception cref="GptxException"><c>JobLocked</c>; <c>JobDiffers</c>; <c>OutputNotWritable</c>.</exception>
    public PartialFolder(JobFiles files, JobPlan plan, Shard shard)
    {
        _files = files;
        try
        {
            Directory.CreateDirectory(files.Partial);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new GptxException(GptxErrorKind.OutputNotWritable, "OutputNotWritable", $"{files.Partial} cannot be made: {error.Message}", error);
        }

        _lock = JobLock.Take(files.Lock(shard));
        try
        {
            Job = Begin(plan);
        }
        catch
        {
            _lock.Dispose();
            throw;
        }
    }

    /// <summary>Which job its logs are of.</summary>
    public Guid Job { get; }

    /// <summary>Removes what was kept. From the first step on the job counts as finished.</summary>
    public void Remove()
    {
        File.Delete(_files.Plan);
        foreach (var log in Directory.EnumerateFiles(_files.Partial, "*.log"))
        {
            File.Delete(log);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _lock.Dispose();
        if (!File.Exists(_files.Plan) && Directory.Exists(_files.Partial))
        {
            Directory.Delete(_files.Partial, recursive: true);
        }
    }

    // Shards may begin at the same moment: the first one's plan stays, and all others must have the same.
    private Guid Begin(JobPlan plan)
    {
        if (!File.Exists(_files.Plan))
        {
            try
            {
                AtomicFile.Write(_files.Plan, overwrite: false, stream => stream.Write(RowJson.Object(json => WritePlan(json, plan))));
            }
            catch (GptxException error) when (error.ErrorId == "OutputExists" && File.Exists(_files.Plan))
            {
                return Join(plan);
            }
        }

        return Join(plan);
    }

    private Guid Join(JobPlan plan)
    {
        var recorded = JobPlan.Read(_files.Plan);
        plan.RequireSame(recorded);
        return recorded.Begun ?? throw new GptxException(GptxErrorKind.InvalidArgument, "JobDamaged", $"{_files.Plan} does not say which job it is of");
    }

    private static void WritePlan(Utf8JsonWriter json, JobPlan plan)
    {
        plan.Write(json);
        plan.Rows!.Write(json);
        json.WriteString("begun", Guid.NewGuid());
    }
}
