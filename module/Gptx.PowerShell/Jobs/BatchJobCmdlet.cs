using System.Management.Automation;
using Gptx.Inference;

namespace Gptx.PowerShell;

/// <summary>A cmdlet that runs several texts at a time, of the pipeline as <see cref="BatchCmdlet"/> does, or of files as a job.</summary>
public abstract class BatchJobCmdlet : JobCmdlet
{
    private TextBatches? _batches;
    private ContextCheck? _context;

    /// <summary>The most texts that are run together. Default 8; Get-TextEmbedding 32, Invoke-TextGeneration 1. A job takes 8 unless it is given.</summary>
    [Parameter]
    [ValidateRange(1, 4096)]
    public int BatchSize { get; set; } = 8;

    /// <summary>Cuts texts that are longer than the model's context, in place of an error.</summary>
    [Parameter]
    public SwitchParameter Truncate { get; set; }

    /// <summary>Which end is kept of a text that is cut.</summary>
    protected virtual KeptEnd Kept => KeptEnd.Start;

    /// <summary>How many tokens are added to a text.</summary>
    protected virtual int Growth => 0;

    /// <summary>The most tokens that a text is cut to.</summary>
    protected virtual int MostTokens => Opened.Shape.ContextLength;

    /// <inheritdoc/>
    protected override int? RowsOfBatch => MyInvocation.BoundParameters.ContainsKey(nameof(BatchSize)) ? BatchSize : null;

    private TextBatches Batches => _batches ??= new TextBatches(BatchSize, rows => ForRows(rows[0].Target, () => Run([.. rows.Select(row => row.Text)], rows[0].Index)));

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        Batches.Flush();
        base.EndProcessing();
    }

    /// <inheritdoc/>
    protected override TokenSequence Check(TokenSequence text)
    {
        var kept = Truncate ? text.Truncate(MostTokens, Kept) : text;
        CheckLength(kept);
        return kept;
    }

    /// <summary>Looks whether the model can read so many tokens.</summary>
    protected virtual void CheckLength(TokenSequence text) => (_context ??= new ContextCheck(WriteWarning)).Check(Opened, text, Growth);

    /// <inheritdoc/>
    protected override void Take(TextRow row) => Batches.Take(row);

    /// <inheritdoc/>
    protected override void Skip() => Batches.Flush();

    /// <summary>Runs texts, whose indices follow each other, and writes what comes of them.</summary>
    protected abstract void Run(IReadOnlyList<TokenSequence> texts, int firstIndex);
}
