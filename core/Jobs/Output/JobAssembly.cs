using Gptx.Checkpoints;
using Gptx.Jobs.Log;

namespace Gptx.Jobs.Output;

/// <summary>Makes the output of what all shards have recorded, in the order of the input. It can be cut short anywhere and done again.</summary>
internal sealed class JobAssembly
{
    private readonly LogIndex[] _logs;
    private readonly RowSettlement _settlement;
    private readonly PartRows? _parts;
    private readonly IReadOnlyList<RowColumn> _columns;
    private readonly IReadOnlyList<string> _kept;

    private JobAssembly(JobFiles files, RowSchema schema, IReadOnlyList<Shard> shards)
    {
        _logs = [.. shards.Select(shard => new LogIndex(files.Log(shard)))];
        _settlement = new RowSettlement(schema, () => LoggedUnits.Of(_logs), files.Partial);
        _parts = schema.Layout == RowLayout.Part ? new PartRows(schema.Columns, schema.Task) : null;
        _kept = [.. schema.Keep.Select(column => column.Name)];
        _columns = [RowColumn.RowId, .. _parts?.Columns ?? schema.Columns, .. schema.Keep];
    }

    /// <summary>Makes the output, the list of errors and the provenance.</summary>
    /// <param name="files">Where they lie.</param>
    /// <param name="plan">What the job is, and what its rows look like.</param>
    /// <param name="shards">The shards that have done it.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="GptxException"><c>OutputNotWritable</c>; <c>JobDamaged</c>.</exception>
    public static JobSummary Finish(JobFiles files, JobPlan plan, IReadOnlyList<Shard> shards, CancellationToken cancellation)
    {
        try
        {
            return Make(files, plan, shards, cancellation);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new GptxException(
                GptxErrorKind.OutputNotWritable, "OutputNotWritable", $"{files.Output} cannot be made: {VisibleText.OneLine(error.Message)}; rows that are done are kept, --resume goes on", error);
        }
    }

    private static JobSummary Make(JobFiles files, JobPlan plan, IReadOnlyList<Shard> shards, CancellationToken cancellation)
    {
        var assembly = new JobAssembly(files, plan.Rows!, shards);
        var (errors, beside, besidePath) = (Path.Join(files.Partial, "errors.jsonl"), Path.Join(files.Partial, "beside.jsonl"), files.Beside);
        var summary = new JobSummary(0, 0, 0, 0, IsFinished: true);
        Write(files, files.Output, stream =>
        {
            using var errorLines = new FileStream(errors, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 16);
            using var besideLines = besidePath is null ? null : new FileStream(beside, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 16);
            using var sink = RowSinks.Open(files.Output, stream, besideLines, assembly._columns);
            summary = assembly._settlement.Settle(errorLines, (_, row) => assembly.Write(sink, row.Json), (_, _) => { }, cancellation) with { Machines = assembly.Machines };
            sink.Finish(plan, summary);
        });
        Publish(files, errors, files.Errors, isThere: summary.Failed > 0);
        if (besidePath is not null)
        {
            Publish(files, beside, besidePath, isThere: true);
        }

        FinishedJob.Write(files, plan, summary);
        return summary;
    }

    private string[] Machines => [.. _logs.SelectMany(log => log.Machines).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private void Write(IRowSink sink, byte[] row)
    {
        if (_parts is null)
        {
            sink.Write(row);
            return;
        }

        foreach (var part in _parts.Of(row, _kept))
        {
            sink.Write(part);
        }
    }

    private static void Publish(JobFiles files, string made, string path, bool isThere)
    {
        if (isThere)
        {
            Write(files, path, stream =>
            {
                using var lines = File.OpenRead(made);
                lines.CopyTo(stream);
            });
        }
        else
        {
            File.Delete(path);
        }
    }

    private static void Write(JobFiles files, string path, Action<Stream> write) => AtomicFile.Write(path, overwrite: true, write, files.Unfinished(path));
}
