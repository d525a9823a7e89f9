using System.Management.Automation;
using Gptx.Inference;
using Gptx.Jobs;
using Gptx.Jobs.Tasks;
using Gptx.Prediction;

namespace Gptx.PowerShell;

/// <summary>Get-MaskedToken: the most probable tokens for the blanks of a text.</summary>
[Cmdlet(VerbsCommon.Get, "MaskedToken", DefaultParameterSetName = TextSet, SupportsShouldProcess = true)]
[OutputType(typeof(MaskedToken))]
[OutputType(typeof(JobReport), typeof(JobEstimate), ParameterSetName = [PathSet])]
public sealed class GetMaskedTokenCommand : BatchJobCmdlet
{
    /// <summary>How many candidates for each blank. Default 5.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Top { get; set; } = 5;

    /// <inheritdoc/>
    protected override string TaskName => "fill";

    /// <inheritdoc/>
    protected override IRowTask RowTask() => new FillTask(Opened, Top, Truncate);

    /// <inheritdoc/>
    protected override void Run(IReadOnlyList<TokenSequence> texts, int firstIndex) =>
        WriteObject(MaskedToken.Of(Opened, texts, Top, firstIndex, Cancellation), enumerateCollection: true);
}
