using System.Management.Automation;
using Gptx.Checkpoints.Hub;

namespace Gptx.PowerShell;

/// <summary>Find-LanguageModel: well-known models of the hub, with what they are good for. Nothing is asked of the hub.</summary>
[Cmdlet(VerbsCommon.Find, "LanguageModel")]
[OutputType(typeof(KnownModel))]
public sealed class FindLanguageModelCommand : GptxCmdlet
{
    /// <summary>Words that a model's name, architecture, purpose, licence or note must all have. Default: none, which finds all.</summary>
    [Parameter(Position = 0, ValueFromRemainingArguments = true)]
    public string[] Word { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForCommand(null, () => WriteObject(ModelCatalog.Find(Word, HubSettings.OfProcess()), enumerateCollection: true));
}
