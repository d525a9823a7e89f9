using System.Management.Automation;

namespace Gptx.PowerShell;

/// <summary>Close-LanguageModel: frees the memory of models that commands before have opened; files are left alone.</summary>
[Cmdlet(VerbsCommon.Close, "LanguageModel")]
[OutputType(typeof(void))]
public sealed class CloseLanguageModelCommand : GptxCmdlet
{
    /// <summary>The model to close, as it was named when it was opened. Default: all.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ModelName]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string? Model { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var name = Model is null ? null : ModelPath.Resolve(SessionState.Path, Model);
        OpenTokenizers.Forget(name);
        var closed = OpenModels.InProcess.Close(name);
        WriteVerbose($"closed {closed} open {(closed == 1 ? "model" : "models")}");
    }
}
