using Gptx.Checkpoints;

namespace Gptx.Jobs.Output;

/// <summary>Makes the output of what all shards have recorded, in the order of the input. It can be cut short anywhere and done again.</summary>
internal static class JobAssembly
{
    /// <summary>Makes the output, the list of errors and the provenance.</summary>
    /// <param name="files">Where they lie.</param>
    /// <param name="plan">What the job is.</param>
    /// <param name="columns">The columns of the task.</param>
    /// <param name="options">The job.</param>
    /// <param name="shards">The shards that have done it.</param>
    /// <param name="cancellation">Stops it.</param>
    public static JobSummary Finish(
        JobFiles files, JobPlan plan, IReadOnlyList<RowColumn> columns, TextJobOptions options, IReadOnlyList<Shard> shards, CancellationToken cancellation)
    {
        string[] logs = [.. shards.Select(files.Log)];
        var repeated = options.Fields.Id is null ? null : RepeatedIds.Find(logs, files.Partial);
        string[] names = [RowColumn.RowId.Name, .. columns.Select(column => column.Name), .. options.Fields.Keep];
        var (rows, failed, tokens) = (0L, 0L, 0L);
        var errors = Path.Join(files.Partial, "errors.jsonl");
        AtomicFile.Write(files.Output, overwrite: true, stream =>
        {
            using var errorLines = new FileStream(errors, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 16);
            using var sink = RowSinks.Open(files.Output, stream, names);
            var (source, lines) = (-1, 0L);
            foreach (var (unit, unitRows) in LoggedUnits.Of(logs))
            {
                cancellation.ThrowIfCancellationRequested();
                lines = unit.Source == source ? lines : 0;
                source = unit.Source;
                foreach (var logged in unitRows)
                {
                    var row = repeated?.Checked(logged, rows) ?? logged;
                    rows++;
                    tokens += row.Tokens;
                    if (row.Fault is null)
                    {
                        sink.Write(row.Json);
                    }
                    else
                    {
                        failed++;
                        errorLines.Write(ErrorLines.Of(row, options.Sources[unit.Source].Name, lines + row.Line));
                        errorLines.WriteByte((byte)'\n');
                    }
                }

                lines += unit.Lines;
            }

            sink.Finish();
        });
        var summary = new JobSummary(rows, failed, tokens, 0, IsFinished: true);
        PublishErrors(errors, files.Errors, failed);
        FinishedJob.Write(files, plan, summary);
        return summary;
    }

    private static void PublishErrors(string errors, string path, long failed)
    {
        if (failed > 0)
        {
            AtomicFile.Write(path, overwrite: true, stream =>
            {
                using var lines = File.OpenRead(errors);
                lines.CopyTo(stream);
            });
        }
        else
        {
            File.Delete(path);
        }
    }
}
