using System.Management.Automation;
using Gptx.Generation;
using Gptx.Inference;
using Gptx.Jobs;
using Gptx.Jobs.Tasks;

namespace Gptx.PowerShell;

/// <summary>Get-NextToken: the most probable tokens after a text.</summary>
[Cmdlet(VerbsCommon.Get, "NextToken", DefaultParameterSetName = TextSet, SupportsShouldProcess = true)]
[OutputType(typeof(NextToken))]
[OutputType(typeof(JobReport), typeof(JobEstimate), ParameterSetName = [PathSet])]
public sealed class GetNextTokenCommand : BatchJobCmdlet
{
    /// <summary>How many candidates of each text. Default 10.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Top { get; set; } = 10;

    /// <summary>Logits are divided by it; 1 (default) is the model's own distribution, 0 gives all probability to the first token.</summary>
    [Parameter]
    [ValidateRange(0.0, 1000.0)]
    public double Temperature { get; set; } = 1;

    /// <inheritdoc/>
    protected override KeptEnd Kept => KeptEnd.End;

    /// <inheritdoc/>
    protected override string TaskName => "next";

    /// <inheritdoc/>
    protected override IRowTask RowTask() => new NextTask(Opened, Top, Temperature, Truncate);

    /// <inheritdoc/>
    protected override void Run(IReadOnlyList<TokenSequence> texts, int firstIndex) =>
        WriteObject(NextToken.Of(Opened, texts, Top, Temperature, firstIndex, Cancellation), enumerateCollection: true);
}
