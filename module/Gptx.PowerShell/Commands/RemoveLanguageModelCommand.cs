using System.Management.Automation;
using Gptx.Checkpoints;
using Gptx.Checkpoints.Hub;

namespace Gptx.PowerShell;

/// <summary>Remove-LanguageModel: takes models out of the hub's cache; files that another revision uses stay.</summary>
[Cmdlet(VerbsCommon.Remove, "LanguageModel", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = OfHub)]
[OutputType(typeof(RemovedModel), typeof(WidenedModel))]
public sealed class RemoveLanguageModelCommand : GptxCmdlet
{
    private const string OfHub = "Name";
    private const string OfFiles = "Source";

    /// <summary>GGUF files whose widened weights, kept on disk, go (GPTX_CACHE): what Get-LanguageModel -ListAvailable -Widened writes.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = OfFiles)]
    [ValidateNotNullOrEmpty]
    public string[] Source { get; set; } = [];

    /// <summary>Models in the cache: org/name, org/name@revision; or what Get-LanguageModel -ListAvailable writes.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = OfHub)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CachedModelCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>A branch, tag or commit: only that. Default: what the name says, else all of the model.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = OfHub)]
    [Alias("Commit")]
    [ValidateNotNullOrEmpty]
    public string? Revision { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        using var cache = WidenedCache.FromEnvironment();
        foreach (var source in Source.Select(source => GetUnresolvedProviderPathFromPSPath(source)))
        {
            if (cache?.List(source) is [var kept] && ShouldProcess(kept.ToString(), "Remove widened weights"))
            {
                WriteObject(kept with { Bytes = cache.Remove(kept.Source) });
            }
        }

        foreach (var name in Name)
        {
            ForRow(name, () =>
            {
                var model = HubModelName.Parse(name);
                var removal = CacheRemoval.Of(HubSettings.OfProcess(), model with { Revision = Revision ?? model.Revision });
                if (ShouldProcess(removal.Plan.ToString(), "Remove from the hub's cache"))
                {
                    var removed = removal.Remove();
                    cache?.RemoveGone(removed.Folder);
                    WriteObject(removed);
                }
            });
        }
    }
}
