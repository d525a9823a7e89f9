using System.Management.Automation;
using Gptx.Inference;

namespace Gptx.PowerShell;

/// <summary>A cmdlet that runs several texts at a time. Objects come out in the order of the texts, and as early as they can.</summary>
public abstract class BatchCmdlet : TextCmdlet
{
    private readonly List<TextRow> _gathered = [];
    private bool _hasWarned;
    private BatchGate _gate = new(1);

    /// <summary>The most texts that are run together. Default 8; Get-TextEmbedding 32, Invoke-TextGeneration 1.</summary>
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
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _gate = new BatchGate(BatchSize);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        Flush();
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
    protected virtual void CheckLength(TokenSequence text)
    {
        TokenCheck.Row(text.Ids, Opened.Shape);
        if (!_hasWarned && TokenCheck.PastContext(text.Count + Growth, Opened.Shape) is { } warning)
        {
            _hasWarned = true;
            WriteWarning(warning);
        }
    }

    /// <inheritdoc/>
    protected override void Take(TextRow row)
    {
        _gathered.Add(row);
        if (_gate.Opens(_gathered.Count))
        {
            Flush();
        }
    }

    /// <inheritdoc/>
    protected override void Skip() => Flush();

    /// <summary>Runs texts, whose indices follow each other, and writes what comes of them.</summary>
    protected abstract void Run(IReadOnlyList<TokenSequence> texts, int firstIndex);

    private void Flush()
    {
        if (_gathered.Count == 0)
        {
            return;
        }

        TextRow[] rows = [.. _gathered];
        _gathered.Clear();
        ForRows(rows[0].Target, () => Run([.. rows.Select(row => row.Text)], rows[0].Index));
        _gate.Passed();
    }
}
