using System.Management.Automation;
using Gptx.Checkpoints;
using Gptx.Checkpoints.Hub;
using Gptx.Inference;
using Gptx.Interpretation;

namespace Gptx.PowerShell;

/// <summary>Get-LanguageModel: what a model is. Opening it checks its config, tensors and tokenizer; nothing is downloaded. With -ListAvailable the models in the hub's cache.</summary>
[Cmdlet(VerbsCommon.Get, "LanguageModel")]
[OutputType(typeof(ModelSummary), typeof(CachedModel), typeof(WidenedModel), typeof(ModelAnatomy))]
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

    /// <summary>With -ListAvailable: the widened weights of GGUF files that are kept on disk (GPTX_CACHE), in place of models.</summary>
    [Parameter]
    public SwitchParameter Widened { get; set; }

    /// <summary>What it is made of, in place of what it is: parameters by what they do, and the longest path through it.</summary>
    [Parameter]
    public SwitchParameter Part { get; set; }

    /// <summary>The same, with models of published sizes beside it: gpt2 to gpt2-xl, gpt3-small to gpt3.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Beside { get; set; }

    /// <inheritdoc/>
    protected override bool MayPull => false;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ListAvailable && (Part || Beside is not null))
        {
            ForCommand(null, () => throw new GptxException(
                GptxErrorKind.InvalidArgument, "UsageInvalid", "-Part and -Beside are of one model, -ListAvailable is of the cache: give one or the other"));
        }

        if (ListAvailable)
        {
            if (Widened)
            {
                using var cache = WidenedCache.FromEnvironment();
                WriteObject(cache?.List() ?? [], enumerateCollection: true);
                return;
            }

            var word = MyInvocation.BoundParameters.ContainsKey(nameof(Model)) ? Model : "";
            ForCommand(null, () => WriteObject(
                CachedModels.List(HubSettings.OfProcess()).Where(model => model.Name.Contains(word, StringComparison.OrdinalIgnoreCase)), enumerateCollection: true));
            return;
        }

        var opened = OpenModel();
        if (!Part && Beside is null)
        {
            WriteObject(ModelSummary.Of(opened));
            return;
        }

        ForCommand(Beside, () => WriteObject((Beside ?? []).Select(PublishedModels.Find).Prepend(ModelAnatomy.Of(opened)).ToList(), enumerateCollection: true));
    }
}
