using System.Text.Json;
using Gptx.Checkpoints;
using Gptx.Jobs.Log;
using Gptx.Jobs.Output;

namespace Gptx.Jobs;

/// <summary>The folder beside an output in which a job's rows lie until all are there; held by one process a shard.</summary>
internal sealed class PartialFolder : IJobWork
{
    private readonly JobFiles _files;
    private readonly JobPlan _plan;
    private readonly Shard _shard;
    private readonly JobLock _lock;
    private readonly Guid _job;
    private RecordedWork? _recorded;

    /// <summary>Opens the folder for a shard, or makes it.</summary>
    /// <param name="files">Where the job's files lie.</param>
    /// <param name="plan">What the job is.</param>
    /// <param name="shard">The part of it that is done here.</param>
    /// <param name="anew">Whether what a job that was stopped has left there is dropped.</param>
    /// <exception cref="GptxException"><c>JobLocked</c>; <c>JobDiffers</c>; <c>OutputNotWritable</c>.</exception>
    public PartialFolder(JobFiles files, JobPlan plan, Shard shard, bool anew = false)
    {
        (_files, _plan, _shard) = (files, plan, shard);
        _lock = Open(files, shard);
        try
        {
            RequireNoOther(shard, anew);
            if (anew)
            {
                Remove();
            }

            _job = Begin(plan);
        }
        catch
        {
            _lock.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public IJobLedger Ledger(string machine, Predicate<LoggedFault> triesAgain, CancellationToken cancellation)
    {
        var ledger = new LogLedger(_files.Log(_shard), _job, machine, triesAgain);
        _recorded = ledger.Recorded;
        return ledger;
    }

    /// <inheritdoc/>
    public PriorRows Prior()
    {
        var schema = _plan.Rows!;
        return new PriorRows(StoredRows.Read(_files.Output, [RowColumn.RowId, .. schema.OutputColumns]), schema, $"{_files.Log(_shard)}.prior");
    }

    /// <inheritdoc/>
    public JobSummary Finish(IReadOnlyList<Shard> shards, CancellationToken cancellation)
    {
        var summary = JobAssembly.Finish(_files, _plan, shards, cancellation);
        Remove();
        return summary;
    }

    /// <summary>Removes what a kill has left behind after the job was finished; nothing where somebody works there.</summary>
    public static void Sweep(JobFiles files)
    {
        if (!Directory.Exists(files.Partial) || File.Exists(files.Plan) || !Locks(files).All(JobLock.IsFree))
        {
            return;
        }

        Delete(files);
    }

    /// <summary>Lets go of the folder. Where no row was recorded, since the input was refused for example, nothing of it stays.</summary>
    public void Dispose()
    {
        if (_recorded is { IsComplete: false } recorded && !recorded.Units.Any() && Locks(_files) is [_] && Directory.Exists(_files.Partial))
        {
            Remove();
        }

        _lock.Dispose();
        if (!File.Exists(_files.Plan) && Directory.Exists(_files.Partial))
        {
            Delete(_files);
        }
    }

    private static JobLock Open(JobFiles files, Shard shard)
    {
        try
        {
            Directory.CreateDirectory(files.Partial);
            return JobLock.Take(files.Lock(shard));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new GptxException(GptxErrorKind.OutputNotWritable, "OutputNotWritable", $"{files.Partial} cannot be made: {error.Message}", error);
        }
    }

    // Shards of one cut work beside each other; the whole, or shards of another cut, would do the same rows.
    private void RequireNoOther(Shard shard, bool anew)
    {
        var beside = Locks(_files).Where(path => path != _files.Lock(shard) && (anew || !path.EndsWith($"-of-{shard.Count}{JobFiles.LockEnding}", StringComparison.Ordinal)));
        if (beside.FirstOrDefault(path => !JobLock.IsFree(path)) is { } held)
        {
            throw JobLock.Held(held);
        }
    }

    private static string[] Locks(JobFiles files) => Directory.GetFiles(files.Partial, $"*{JobFiles.LockEnding}");

    private static void Delete(JobFiles files)
    {
        try
        {
            Directory.Delete(files.Partial, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // What is left means nothing; another process may have begun here.
        }
    }

    // From the first step on the job counts as finished.
    private void Remove()
    {
        File.Delete(_files.Plan);
        foreach (var file in Directory.EnumerateFiles(_files.Partial).Where(file => !file.EndsWith(JobFiles.LockEnding, StringComparison.Ordinal)))
        {
            File.Delete(file);
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
