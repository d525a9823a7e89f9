using System.Management.Automation;
using Gptx.Interpretation;

namespace Gptx.PowerShell;

/// <summary>Get-LogitLens: what the model would say if each block were its last; the final norm is applied.</summary>
[Cmdlet(VerbsCommon.Get, "LogitLens", DefaultParameterSetName = TextSet)]
[OutputType(typeof(LensReading))]
public sealed class GetLogitLensCommand : TextCmdlet
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

    /// <inheritdoc/>
    protected override void Take(TextRow row) => ForRows(row.Target, () =>
        WriteObject(LogitLens.Of(Opened, row.Text, Layer, Position, Top, row.Index, Cancellation), enumerateCollection: true));
}
