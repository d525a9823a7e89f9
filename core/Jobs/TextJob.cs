using Gptx.Jobs.Log;
using Gptx.Jobs.Output;
using Gptx.Rows;

namespace Gptx.Jobs;

/// <summary>
/// Takes all rows of its sources through a task, and makes a file or a table of them. Rows are recorded as they are done, so that a job that was stopped, in whatever way, goes on
/// where it was, and makes the same bytes as one that never was.
/// </summary>
/// <param name="task">What is done with each row.</param>
/// <param name="options">Sources, output, and how the job behaves.</param>
public sealed class TextJob(IRowTask task, TextJobOptions options)
{
    private readonly StageClock _clock = new();

    /// <summary>The endings of the files that the rows of a task can be written to.</summary>
    /// <param name="task">The task's name.</param>
    public static IReadOnlyList<string> OutputKinds(string task) => RowSinks.EndingsFor(task);

    /// <summary>Does the job, or the shard of it that the options name.</summary>
    /// <param name="progress">Told what earlier runs have done, and after each batch.</param>
    /// <param name="cancellation">Stops it; rows that are done are kept.</param>
    /// <exception cref="GptxException">
    /// Refused, and nothing touched: <c>OutputExists</c>, <c>JobUnfinished</c>, <c>JobDiffers</c>, <c>KeepNameTaken</c>, <c>RowsNotDivisible</c>, <c>InputNotReadable</c>. Stopped, and finished
    /// rows kept: <c>JobLocked</c>, <c>InputChanged</c>, <c>InputDamaged</c>, <c>TooManyErrors</c>, <c>OutputNotWritable</c>.
    /// </exception>
    public JobSummary Run(IProgress<JobProgress>? progress = null, CancellationToken cancellation = default)
    {
        RequireOutputKind(options, task.Name);
        RequireNamesOfTheirOwn();
        var plan = JobPlan.Of(task, options);
        using var output = JobOutputs.Open(options);
        if (JobStart.Check(output, plan, options) is { } finished)
        {
            output.Sweep();
            return finished;
        }

        var hasOutput = output.Exists;
        using var job = output.Begin(plan, options.Shard, JobStart.IsAnew(output, options));
        var (work, before, gone) = Record(job, hasOutput, progress, cancellation);
        var summary = new JobSummary(work.Rows + work.Faults, work.Faults, work.Tokens, before.Rows, IsFinished: true);
        if (!options.Shard.IsPart)
        {
            summary = _clock.Time("finishing", () => job.Finish([Shard.Whole], cancellation)) with { RowsBefore = before.Rows };
        }

        return summary with { Gone = gone, TokensBefore = before.Tokens, Seconds = _clock.Seconds };
    }

    /// <summary>A setting of the job that an output is of, finished or not; null where there is none.</summary>
    /// <param name="options">The job.</param>
    /// <param name="name">The setting's name, for example <c>seed</c>.</param>
    /// <exception cref="GptxException"><c>JobDamaged</c>.</exception>
    public static string? Recorded(TextJobOptions options, string name)
    {
        using var output = JobOutputs.Open(options);
        var plan = output.Unfinished ?? output.Finished?.Plan;
        return plan?.Entries.FirstOrDefault(entry => entry.Key == name).Value;
    }

    /// <summary>Refuses an output of a kind that jobs do not write, before anything is opened.</summary>
    /// <param name="options">The job.</param>
    /// <param name="task">The name of its task.</param>
    /// <exception cref="GptxException"><c>OutputKindUnknown</c>; <c>StoreAddressInvalid</c>.</exception>
    public static void RequireOutputKind(TextJobOptions options, string task) => JobOutputs.RequireKnown(options.Output, task);

    private (RecordedWork Work, (long Rows, long Tokens) Before, IReadOnlyList<string> Gone) Record(
        IJobWork job, bool hasOutput, IProgress<JobProgress>? progress, CancellationToken cancellation)
    {
        using var prior = (options.Update || options.RetryErrors) && hasOutput ? job.Prior() : null;
        using var ledger = job.Ledger(Machine.Of(task.Device), fault => fault.MayPass || options.RetryErrors, cancellation);
        var before = (ledger.Recorded.Rows + ledger.Recorded.Faults, ledger.Recorded.Tokens);
        Report(progress, ledger.Recorded, share: null);
        if (!ledger.Recorded.IsComplete)
        {
            Compute(ledger, prior, progress, cancellation);
            ledger.Complete();
        }

        return (ledger.Recorded, before, options.Update && prior is not null ? prior.Gone() : []);
    }

    private void Compute(IJobLedger ledger, PriorRows? prior, IProgress<JobProgress>? progress, CancellationToken cancellation)
    {
        var work = ledger.Recorded;
        var missing = work.Units.ToHashSet();
        var share = new ReadShare(options.Sources);
        using (var line = new BatchLine(BatchSize.Workers(task, options), cancellation))
        {
            foreach (var (unit, prepared) in new UnitQueue(task, options, work, prior, _clock).Units(cancellation))
            {
                missing.Remove((unit.Source, unit.Number));
                RequireSameInput(unit, work);
                var stretch = share.Next(unit);
                if (prepared is not null)
                {
                    Compute(ledger, prepared, stretch, line, progress);
                }
            }

            line.Finish();
        }

        if (missing.Count > 0)
        {
            throw InputDiffers(options.Sources[missing.Min().Source], "it is shorter");
        }
    }

    private void Compute(IJobLedger ledger, PreparedUnit unit, ReadStretch stretch, BatchLine line, IProgress<JobProgress>? progress)
    {
        if (unit.Settled is { } settled)
        {
            line.Add(() => Record(ledger, settled));
        }

        var run = new BatchRun(task, unit, options.RowTimeout, line.Stop);
        foreach (var (number, rows) in unit.Batches.Index())
        {
            if (!ledger.Recorded.Has(unit.Unit.Source, unit.Unit.Number, number))
            {
                line.Stop.ThrowIfCancellationRequested();
                line.Add(() => unit.Batch(number, _clock.Time("computing", () => run.Compute(rows))), batch =>
                {
                    Record(ledger, batch);
                    Report(progress, ledger.Recorded, stretch.At((number + 1.0) / unit.Batches.Count));
                });
            }
        }

        line.Add(() => ledger.Add(new LoggedUnit(unit.Unit.Source, unit.Unit.Number, unit.Unit.Rows.Count, unit.Unit.Lines, unit.Unit.Hash)));
    }

    private void Report(IProgress<JobProgress>? progress, RecordedWork work, double? share) =>
        progress?.Report(new JobProgress(work.Rows + work.Faults, work.Faults, work.Tokens, share) { SecondsByStage = _clock.Seconds });

    private void Record(IJobLedger ledger, LoggedBatch batch)
    {
        if (!ledger.Recorded.Has(batch.Source, batch.Unit, batch.Batch))
        {
            _clock.Time("recording", () =>
            {
                ledger.Add(batch);
                return true;
            });
        }

        if (options.MaxErrors is { } most && ledger.Recorded.Faults > most)
        {
            throw new GptxException(
                GptxErrorKind.OutputNotWritable, "TooManyErrors", $"{ledger.Recorded.Faults} rows have faults: at most {most} are allowed (--max-errors); rows that are done are kept, --resume goes on");
        }
    }

    private void RequireSameInput(RowUnit unit, RecordedWork work)
    {
        if (work.HashOf(unit.Source, unit.Number) is { } hash && hash != unit.Hash)
        {
            throw InputDiffers(options.Sources[unit.Source], $"its bytes from {unit.Number * options.Limits.UnitBytes} on are others");
        }
    }

    private void RequireNamesOfTheirOwn()
    {
        string[] taken = [RowColumn.RowId.Name, .. task.Columns.Concat(PartColumns()).Select(column => column.Name)];
        if (options.Fields.Keep.FirstOrDefault(name => taken.Contains(name, StringComparer.Ordinal)) is { } name)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "KeepNameTaken", $"--keep {name}: the output has a field '{name}' of its own; rename it in the input");
        }
    }

    private IReadOnlyList<RowColumn> PartColumns() => options.Layout == RowLayout.Part ? new PartRows(task.Columns, task.Name).Columns : [];

    private static GptxException InputDiffers(RowSource source, string how) => new(
        GptxErrorKind.InvalidArgument, "JobDiffers", $"the job cannot go on: {source.Name} is not what it was when it began: {how}; start anew with --force");
}
