using Gptx.Checkpoints;
using Gptx.Jobs.Log;

namespace Gptx.Jobs.Output;

/// <summary>Makes the output of what all shards have recorded, in the order of the input. It can be cut short anywhere and done again.</summary>
internal sealed class JobAssembly
{
    private readonly RowSchema _schema;
    private readonly LogIndex[] _logs;
    private readonly RepeatedIds? _repeated;
    private readonly PartRows? _parts;
    private readonly IReadOnlyList<RowColumn> _columns;
    private readonly IReadOnlyList<string> _kept;
    private (long Rows, long Failed, long Tokens) _counts;

    private JobAssembly(JobFiles files, RowSchema schema, IReadOnlyList<Shard> shards)
    {
        _schema = schema;
        _logs = [.. shards.Select(shard => new LogIndex(files.Log(shard)))];
        _repeated = schema.HasIds ? RepeatedIds.Find(_logs, files.Partial) : null;
        _parts = schema.Layout == RowLayout.Part ? new PartRows(schema.Columns, schema.Task) : null;
        _kept = [.. schema.Keep.Select(column => column.Name)];
        _columns = [RowColumn.RowId, .. _parts?.Columns ?? schema.Columns, .. schema.Keep];
    }

    /// <summary>Makes the output, the list of errors and the provenance.</summary>
    /// <param name="files">Where they lie.</param>
    /// <param name="plan">What the job is, and what its rows look like.</param>
    /// <param name="shards">The shards that have done it.</param>
    /// <param name="cancellation">Stops it.</param>
    public static JobSummary Finish(JobFiles files, JobPlan plan, IReadOnlyList<Shard> shards, CancellationToken cancellation)
    {
        var assembly = new JobAssembly(files, plan.Rows!, shards);
        var (errors, beside, besidePath) = (Path.Join(files.Partial, "errors.jsonl"), Path.Join(files.Partial, "beside.jsonl"), files.Beside);
        Write(files, files.Output, stream =>
        {
            using var errorLines = new FileStream(errors, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 16);
            using var besideLines = besidePath is null ? null : new FileStream(beside, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 16);
            using var sink = RowSinks.Open(files.Output, stream, besideLines, assembly._columns);
            assembly.Write(sink, errorLines, cancellation);
            sink.Finish(plan, assembly.Summary);
        });
        Publish(files, errors, files.Errors, isThere: assembly.Summary.Failed > 0);
        if (besidePath is not null)
        {
            Publish(files, beside, besidePath, isThere: true);
        }

        FinishedJob.Write(files, plan, assembly.Summary);
        return assembly.Summary;
    }

    private JobSummary Summary => new(_counts.Rows, _counts.Failed, _counts.Tokens, 0, IsFinished: true)
    {
        Machines = [.. _logs.SelectMany(log => log.Machines).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
    };

    private void Write(IRowSink sink, Stream errors, CancellationToken cancellation)
    {
        var (source, lines) = (-1, 0L);
        foreach (var (unit, rows) in LoggedUnits.Of(_logs))
        {
            cancellation.ThrowIfCancellationRequested();
            lines = unit.Source == source ? lines : 0;
            source = unit.Source;
            foreach (var logged in rows)
            {
                var row = _repeated?.Checked(logged, _counts.Rows) ?? logged;
                _counts = (_counts.Rows + 1, _counts.Failed + (row.Fault is null ? 0 : 1), _counts.Tokens + row.Tokens);
                if (row.Fault is null)
                {
                    Write(sink, row.Json);
                }
                else
                {
                    errors.Write(ErrorLines.Of(row, _schema.Sources[source], lines + row.Line));
                    errors.WriteByte((byte)'\n');
                }
            }

            lines += unit.Lines;
        }
    }

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
