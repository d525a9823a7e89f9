using Gptx.Jobs.Log;

namespace Gptx.Jobs.Output;

/// <summary>
/// Goes through all that a job has recorded, in the order of the input: counts it, lists the rows with faults, and finds the rows whose id an earlier row has, which are
/// errors too.
/// </summary>
internal sealed class RowSettlement
{
    private const byte LineFeed = (byte)'\n';

    private readonly RowSchema _schema;
    private readonly Func<IEnumerable<(LoggedUnit Unit, LoggedRow[] Rows)>> _units;
    private readonly RepeatedIds? _repeated;

    /// <summary>Looks for repeated ids.</summary>
    /// <param name="schema">What the rows are.</param>
    /// <param name="units">Goes through the units, in order.</param>
    /// <param name="folder">Where hashes of ids may lie meanwhile.</param>
    public RowSettlement(RowSchema schema, Func<IEnumerable<(LoggedUnit Unit, LoggedRow[] Rows)>> units, string folder)
    {
        (_schema, _units) = (schema, units);
        _repeated = schema.HasIds ? RepeatedIds.Find(units(), folder) : null;
    }

    /// <summary>How the job went.</summary>
    /// <param name="errors">Takes the lines of rows with faults.</param>
    /// <param name="done">Takes the rows with results, in order.</param>
    /// <param name="repeated">Takes the rows with results whose id is one that was before.</param>
    /// <param name="cancellation">Stops it.</param>
    public JobSummary Settle(Stream errors, Action<LoggedUnit, LoggedRow> done, Action<LoggedUnit, LoggedRow> repeated, CancellationToken cancellation)
    {
        var (all, failed, tokens, source, lines) = (0L, 0L, 0L, -1, 0L);
        foreach (var (unit, rows) in _units())
        {
            cancellation.ThrowIfCancellationRequested();
            lines = unit.Source == source ? lines : 0;
            source = unit.Source;
            foreach (var row in rows)
            {
                var settled = _repeated?.Checked(row, all) ?? row;
                (all, tokens) = (all + 1, tokens + row.Tokens);
                if (settled.Fault is null)
                {
                    done(unit, row);
                    continue;
                }

                if (row.Fault is null)
                {
                    repeated(unit, row);
                }

                failed++;
                errors.Write(ErrorLines.Of(settled, _schema.Sources[source], lines + row.Line));
                errors.WriteByte(LineFeed);
            }

            lines += unit.Lines;
        }

        return new JobSummary(all, failed, tokens, 0, IsFinished: true);
    }
}
