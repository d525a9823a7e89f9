using System.Management.Automation;
using Gptx.Checkpoints.Hub;

namespace Gptx.PowerShell;

/// <summary>Remove-LanguageModel: takes models out of the hub's cache; files that another revision uses stay.</summary>
[Cmdlet(VerbsCommon.Remove, "LanguageModel", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(RemovedModel))]
public sealed class RemoveLanguageModelCommand : GptxCmdlet
{
    /// <summary>Models in the cache: org/name, org/name@revision; or what Get-LanguageModel -ListAvailable writes.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CachedModelCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>A branch, tag or commit: only that. Default: what the name says, else all of the model.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Commit")]
    [ValidateNotNullOrEmpty]
    public string? Revision { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var name in Name)
        {
            ForRow(name, () =>
            {
                var model = HubModelName.Parse(name);
                var removal = CacheRemoval.Of(HubSettings.OfProcess(), model with { Revision = Revision ?? model.Revision });
                if (ShouldProcess(removal.Plan.ToString(), "Remove from the hub's cache"))
                {
                    WriteObject(removal.Remove());
                }
            });
        }
    }
}
