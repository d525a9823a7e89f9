using System.Management.Automation;
using Gptx.Inference;

namespace Gptx.PowerShell;

/// <summary>Get-LanguageModel: what a model is. Opening it checks its config, tensors and tokenizer.</summary>
[Cmdlet(VerbsCommon.Get, "LanguageModel")]
[OutputType(typeof(ModelSummary))]
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

    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteObject(ModelSummary.Of(OpenModel()));
}
