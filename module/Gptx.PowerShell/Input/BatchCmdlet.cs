using System.Management.Automation;
using Gptx.Inference;

namespace Gptx.PowerShell;

/// <summary>A cmdlet that runs several texts at a time. Objects come out in the order of the texts, and as early as they can.</summary>
public abstract class BatchCmdlet : TextCmdlet
{
    private TextBatches? _batches;
    private ContextCheck? _context;

    /// <summary>The most texts that are run together. Default 8.</summary>
    [Parameter]
    [ValidateRange(1, 4096)]
    public int BatchSize { get; set; } = 8;

    /// <summary>Cuts texts that are longer than the model's context, in place of an error.</summary>
    [Parameter]
    public SwitchParameter Truncate { get; set; }

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
        var kept = Truncate ? text.Truncate(Opened.Shape.ContextLength, KeptEnd.Start) : text;
        CheckLength(kept);
        return kept;
    }

    /// <summary>Looks whether the model can read so many tokens.</summary>
    protected virtual void CheckLength(TokenSequence text) => (_context ??= new ContextCheck(WriteWarning)).Check(Opened, text);

    /// <inheritdoc/>
    protected override void Take(TextRow row) => Batches.Take(row);

    /// <inheritdoc/>
    protected override void Skip() => Batches.Flush();

    /// <summary>Runs texts, whose indices follow each other, and writes what comes of them.</summary>
    protected abstract void Run(IReadOnlyList<TokenSequence> texts, int firstIndex);
}
