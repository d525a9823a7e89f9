using System.Management.Automation;
using Gptx.Inference;
using Gptx.Interpretation;
using Gptx.Jobs;
using Gptx.Jobs.Tasks;

namespace Gptx.PowerShell;

/// <summary>Get-LogitLens: what the model would say if each block were its last; the final norm is applied.</summary>
[Cmdlet(VerbsCommon.Get, "LogitLens", DefaultParameterSetName = TextSet, SupportsShouldProcess = true)]
[OutputType(typeof(LensReading))]
[OutputType(typeof(JobReport), typeof(JobEstimate), ParameterSetName = [PathSet])]
public sealed class GetLogitLensCommand : JobCmdlet
{
    /// <summary>Which layers: 0 the embeddings, i what leaves block i - 1; negative from the end. Default: all.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LayerCompleter))]
    public int[]? Layer { get; set; }

    /// <summary>Which positions, from 0; negative from the end. Default: all.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public int[]? Position { get; set; }

    /// <summary>How many tokens of each distribution. Default 5.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Top { get; set; } = 5;

    /// <summary>Cuts texts that are longer than the model's context, in place of an error.</summary>
    [Parameter]
    public SwitchParameter Truncate { get; set; }

    /// <inheritdoc/>
    protected override string TaskName => "lens";

    /// <inheritdoc/>
    protected override IRowTask RowTask() => new LensTask(Opened, Layer, Position, Top, Truncate);

    /// <inheritdoc/>
    protected override TokenSequence Check(TokenSequence text) => Truncate ? text.Truncate(Opened.Shape.ContextLength, KeptEnd.Start) : text;

    /// <inheritdoc/>
    protected override void Take(TextRow row) => ForRows(row.Target, () =>
        WriteObject(LogitLens.Of(Opened, row.Text, Layer, Position, Top, row.Index, Cancellation), enumerateCollection: true));
}
