using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using Gptx.Inference;
using Gptx.Jobs.Log;
using Gptx.Rows;

namespace Gptx.Jobs;

/// <summary>A unit whose rows are tokens already: what can be computed, in batches, and what cannot.</summary>
internal sealed class PreparedUnit
{
    private readonly RowUnit _unit;
    private readonly TokenSequence?[] _tokens;
    private readonly LoggedFault?[] _faults;
    private readonly byte[]?[] _prior;
    private readonly string _source;

    /// <summary>Prepares a unit.</summary>
    /// <param name="unit">Its rows.</param>
    /// <param name="task">What reads them.</param>
    /// <param name="options">The job.</param>
    /// <param name="prior">Rows that need not be computed again.</param>
    public PreparedUnit(RowUnit unit, IRowTask task, TextJobOptions options, PriorRows? prior = null)
    {
        _unit = unit;
        _source = options.Sources[unit.Source].Name;
        _tokens = new TokenSequence?[unit.Rows.Count];
        _faults = new LoggedFault?[unit.Rows.Count];
        _prior = new byte[]?[unit.Rows.Count];
        for (var i = 0; i < unit.Rows.Count; i++)
        {
            Prepare(i, task, options.MaxRowTokens, prior);
        }

        int[] readable = [.. Enumerable.Range(0, unit.Rows.Count).Where(row => _tokens[row] is not null && _prior[row] is null)];
        var size = BatchSize.Of(task, options);
        Batches = [.. TokenBatches.Of([.. readable.Select(row => _tokens[row]!.Count)], size.Rows, size.Tokens).Select(batch => (int[])[.. batch.Select(place => readable[place])])];
    }

    /// <summary>The unit.</summary>
    public RowUnit Unit => _unit;

    /// <summary>Places of the rows that are computed together.</summary>
    public IReadOnlyList<int[]> Batches { get; }

    /// <summary>The rows that need not be computed, or cannot, as a batch before all others; null where there are none.</summary>
    public LoggedBatch? Settled
    {
        get
        {
            var rows = Enumerable.Range(0, _faults.Length).Select(row => _faults[row] is { } fault ? Failed(row, fault) : _prior[row] is { } prior ? Common(row, new LoggedRow(row, 0, _tokens[row]!.Count, prior)) : null)
                .OfType<LoggedRow>().ToList();
            return rows.Count == 0 ? null : Batch(-1, rows);
        }
    }

    /// <summary>A row as a task takes it.</summary>
    public TaskRow TaskRow(int row) => new(RowNames.Of(_unit.Rows[row], _source), _tokens[row]!);

    /// <summary>A batch of this unit.</summary>
    public LoggedBatch Batch(int number, IReadOnlyList<LoggedRow> rows) => new(_unit.Source, _unit.Number, number, _unit.Hash, rows);

    /// <summary>A row with its result.</summary>
    public LoggedRow Done(int row, IReadOnlyList<RowColumn> columns, object?[] values) => Common(row, new LoggedRow(row, 0, _tokens[row]!.Count, RowJson.Object(json =>
    {
        RowNames.Write(json, _unit.Rows[row], _source);
        RowJson.Fields(json, columns, values);
        foreach (var (name, value) in _unit.Rows[row].Kept)
        {
            json.WritePropertyName(name);
            value.WriteTo(json);
        }
    })));

    /// <summary>A row with its fault.</summary>
    public LoggedRow Failed(int row, LoggedFault fault) => Common(row, new LoggedRow(row, 0, 0, [], fault));

    private LoggedRow Common(int row, LoggedRow logged)
    {
        var source = _unit.Rows[row];
        var name = RowNames.Of(source, _source);
        return logged with
        {
            IdHash = source.Id is null ? 0 : XxHash128.HashToUInt128(Encoding.UTF8.GetBytes(name)),
            Line = source.Line,
            Offset = source.Offset,
            Id = source.Id is { } id ? id.GetRawText() : $"\"{JsonEncodedText.Encode(name)}\"",
        };
    }

    private void Prepare(int row, IRowTask task, int? mostTokens, PriorRows? prior)
    {
        try
        {
            var source = _unit.Rows[row];
            if (source.Fault is not null)
            {
                throw source.Fault;
            }

            var tokens = task.Read(source);
            _tokens[row] = mostTokens is not { } most || tokens.Count <= most ? tokens : throw new GptxException(
                GptxErrorKind.InvalidInput, "RowTooLong", $"the row has {tokens.Count} tokens: at most {most} are allowed (--max-row-tokens)");
            _prior[row] = prior?.Take(RowNames.Of(source, _source), tokens.Label);
        }
        catch (GptxException fault) when (fault.Kind == GptxErrorKind.InvalidInput)
        {
            _faults[row] = new LoggedFault(fault.ErrorId, fault.Message);
        }
    }
}
