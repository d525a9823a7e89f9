using System.Management.Automation;
using Gptx.Inference;
using Gptx.Jobs;
using Gptx.Jobs.Tasks;
using Gptx.Prediction;

namespace Gptx.PowerShell;

/// <summary>Get-TokenClass: the classes of the tokens of a text, neighbours of one class joined.</summary>
[Cmdlet(VerbsCommon.Get, "TokenClass", DefaultParameterSetName = TextSet, SupportsShouldProcess = true)]
[OutputType(typeof(TokenClass))]
[OutputType(typeof(JobReport), typeof(JobEstimate), ParameterSetName = [PathSet])]
public sealed class GetTokenClassCommand : BatchJobCmdlet
{
    /// <summary>An object for each token; without it neighbours of one class are joined, and those of class O left out.</summary>
    [Parameter]
    public SwitchParameter Each { get; set; }

    /// <inheritdoc/>
    protected override string TaskName => "tag";

    /// <inheritdoc/>
    protected override IRowTask RowTask() => new TagTask(Opened, !Each, Truncate);

    /// <inheritdoc/>
    protected override void Run(IReadOnlyList<TokenSequence> texts, int firstIndex) =>
        WriteObject(TokenClass.Of(Opened, texts, !Each, firstIndex, Cancellation), enumerateCollection: true);
}
