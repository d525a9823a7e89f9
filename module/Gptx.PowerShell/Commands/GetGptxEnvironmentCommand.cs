using System.Management.Automation;
using Gptx.Inference;

namespace Gptx.PowerShell;

/// <summary>Get-GptxEnvironment: versions, providers and paths; what would be used here.</summary>
[Cmdlet(VerbsCommon.Get, "GptxEnvironment")]
[OutputType(typeof(EnvironmentReport))]
public sealed class GetGptxEnvironmentCommand : GptxCmdlet
{
    /// <inheritdoc/>
    protected override void EndProcessing() => ForCommand(target: null, () => WriteObject(EnvironmentReport.Read()));
}
