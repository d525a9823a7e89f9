using System.Management.Automation;
using Gptx.Checkpoints.Hub;

namespace Gptx.PowerShell;

/// <summary>Save-LanguageModel: brings models from the hub into its cache, the same that Python uses.</summary>
[Cmdlet(VerbsData.Save, "LanguageModel", SupportsShouldProcess = true)]
[OutputType(typeof(PulledModel))]
public sealed class SaveLanguageModelCommand : GptxCmdlet
{
    /// <summary>Models of the hub: org/name, org/name@revision, org/name:Q4_K_M; or what Find-LanguageModel writes.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(HubModelCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>A branch, tag or commit. Default: what the name says, else main.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Revision { get; set; }

    /// <summary>Which of several GGUF or ONNX files: its name, or a part of it such as Q4_K_M.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? File { get; set; }

    /// <summary>Opens no connection: gives what is in the cache.</summary>
    [Parameter]
    public SwitchParameter Offline { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var name in Name)
        {
            ForRow(name, () =>
            {
                var model = HubModelName.Parse(name);
                model = HubModelName.Parse((model with { Revision = Revision ?? model.Revision, Choice = File ?? model.Choice }).ToString());
                if (ShouldProcess(model.ToString(), "Pull from the hub"))
                {
                    WriteObject(Pull(model));
                }
            });
        }
    }

    private PulledModel Pull(HubModelName model)
    {
        var pull = new PipelinePull(this, Cancellation, Offline);
        return pull.While(_ =>
        {
            using var client = new HubClient(pull.Settings(), pull.Notice);
            var plan = client.PlanAsync(model, ModelPart.Model, Cancellation).GetAwaiter().GetResult();
            if (plan.MissingFiles > 0)
            {
                pull.Announce(plan);
            }

            return client.PullAsync(model, plan, pull, Cancellation).GetAwaiter().GetResult();
        });
    }
}
