using System.Management.Automation;
using Gptx.Checkpoints.Hub;
using Gptx.Inference;

namespace Gptx.PowerShell;

/// <summary>Get-LanguageModel: what a model is. Opening it checks its config, tensors and tokenizer; nothing is downloaded. With -ListAvailable the models in the hub's cache.</summary>
[Cmdlet(VerbsCommon.Get, "LanguageModel")]
[OutputType(typeof(ModelSummary), typeof(CachedModel))]
public sealed class GetLanguageModelCommand : ModelCmdlet
{
    /// <inheritdoc/>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ModelName]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public override string Model
    {
        get => base.Model;
        set => base.Model = value;
    }

    /// <summary>Lists the models in the hub's cache, whoever put them there; with -Model those whose name has that in it.</summary>
    [Parameter]
    public SwitchParameter ListAvailable { get; set; }

    /// <inheritdoc/>
    protected override bool MayPull => false;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (!ListAvailable)
        {
            WriteObject(ModelSummary.Of(OpenModel()));
            return;
        }

        var word = MyInvocation.BoundParameters.ContainsKey(nameof(Model)) ? Model : "";
        ForCommand(null, () => WriteObject(
            CachedModels.List(HubSettings.OfProcess()).Where(model => model.Name.Contains(word, StringComparison.OrdinalIgnoreCase)), enumerateCollection: true));
    }
}
