using Gptx.Inference;
using Gptx.Jobs;
using Gptx.Tool.Options;
using Gptx.Tool.Terminal;

namespace Gptx.Tool.Input;

/// <summary>A row that is ready to be computed.</summary>
/// <param name="Index">Its place in the input, from 0.</param>
/// <param name="Row">The row.</param>
/// <param name="Tokens">Its tokens.</param>
internal sealed record PreparedRow(int Index, TextRow Row, TokenSequence Tokens);

/// <summary>
/// Takes rows through a model, some at a time. A row that fails is reported with its number, and the others go on; the exit code says
/// that there was one.
/// </summary>
internal sealed class RowRun(Invocation run, TextOptions options, Func<TextRow, TokenSequence> read)
{
    private readonly AcceptedErrors _accepted = ReportArguments.Accepted(run);
    private int _failed;
    private int _done;

    /// <summary>Reads rows as a model does.</summary>
    public RowRun(Invocation run, LanguageModel model, TextOptions options)
        : this(run, options, row => row.Ids is { } ids ? TokenSequence.FromIds(model, ids) : TokenSequence.FromText(model, row.Text!)) =>
        Truncate = text => text.Truncate(model.Shape.ContextLength, KeptEnd.Start);

    /// <summary>What is kept of a text that is too long, when that is asked for: its start, as far as the context goes, unless told otherwise.</summary>
    public Func<TokenSequence, TokenSequence> Truncate { get; init; } = text => text;

    /// <summary>Computes all rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="compute">Computes and writes rows that follow each other. When it throws, it has written nothing.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="AllRowsFailedException">There were rows, and none could be computed.</exception>
    public int Process(IEnumerable<TextRow> rows, Action<IReadOnlyList<PreparedRow>> compute)
    {
        using var progress = RowProgress.Of(run, options);
        var together = options.BatchSize(run);
        var pending = new List<PreparedRow>();
        var index = 0;
        foreach (var row in rows)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            if (Prepare(row, index++) is { } prepared)
            {
                pending.Add(prepared);
            }

            // Rows that are computed together follow each other: a failed one ends the group.
            if (pending.Count == together || (pending.Count > 0 && pending[^1].Index != index - 1))
            {
                Compute(pending, compute);
                pending.Clear();
                progress.Report(_done + _failed);
            }
        }

        Compute(pending, compute);
        return _accepted.Cover(_failed, _done + _failed) ? ExitCode.Ok : _done == 0 ? throw new AllRowsFailedException() : ExitCode.SomeRowsFailed;
    }

    private PreparedRow? Prepare(TextRow row, int index)
    {
        try
        {
            if (row.Error is not null)
            {
                throw row.Error;
            }

            var tokens = read(row);
            return new PreparedRow(index, row, options.Truncates(run) ? Truncate(tokens) : tokens);
        }
        catch (GptxException error) when (error.Kind == GptxErrorKind.InvalidInput)
        {
            Fail(row, error);
            return null;
        }
    }

    private void Compute(IReadOnlyList<PreparedRow> rows, Action<IReadOnlyList<PreparedRow>> compute)
    {
        if (rows.Count == 0)
        {
            return;
        }

        try
        {
            compute(rows);
            _done += rows.Count;
        }
        catch (GptxException error) when (error.Kind == GptxErrorKind.InvalidInput && rows.Count == 1)
        {
            Fail(rows[0].Row, error);
        }
        catch (GptxException error) when (error.Kind == GptxErrorKind.InvalidInput)
        {
            foreach (var row in rows)
            {
                Compute([row], compute);
            }
        }
    }

    private void Fail(TextRow row, GptxException error)
    {
        _failed++;
        var where = row.Number is { } number ? $"row {number}: " : "";
        run.Say(run.IsVerbose ? $"{where}{error.Message} [{error.ErrorId}]" : $"{where}{error.Message}");
    }
}
