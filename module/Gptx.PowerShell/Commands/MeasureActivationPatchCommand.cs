using System.Management.Automation;
using Gptx.Inference;
using Gptx.Interpretation;

namespace Gptx.PowerShell;

/// <summary>Measure-ActivationPatch: runs a corrupted text with inner values of a clean one, place by place.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "ActivationPatch", DefaultParameterSetName = TextSet)]
[OutputType(typeof(PatchEffect))]
public sealed class MeasureActivationPatchCommand : ModelCmdlet
{
    private const string TextSet = "Text";
    private const string IdSet = "Id";

    /// <summary>The text whose inner values are taken over.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = TextSet)]
    [ValidateNotNullOrEmpty]
    public string Clean { get; set; } = "";

    /// <summary>The text that is read; it must have as many tokens.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = TextSet)]
    [ValidateNotNullOrEmpty]
    public string Corrupted { get; set; } = "";

    /// <summary>Token ids in place of the clean text.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet)]
    [ValidateNotNullOrEmpty]
    public int[] CleanId { get; set; } = [];

    /// <summary>Token ids in place of the corrupted text.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet)]
    [ValidateNotNullOrEmpty]
    public int[] CorruptedId { get; set; } = [];

    /// <summary>What is taken over: Residual, Head (both by default), Attention, FeedForward.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public PatchKind[]? Kind { get; set; }

    /// <summary>The next token that is looked at: a text that is one token, or #ID. Default: that whose logit the corrupted text lowers most.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Token { get; set; }

    /// <summary>The token whose logit is subtracted. Default: that whose logit the corrupted text raises most.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Against { get; set; }

    /// <summary>Which blocks, from 0. Default: all.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(BlockCompleter))]
    public int[]? Block { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var model = OpenModel();
        ForCommand(Clean, () =>
        {
            var isText = ParameterSetName == TextSet;
            var clean = isText ? TokenSequence.FromText(model, Clean) : TokenSequence.FromIds(model, CleanId);
            var corrupted = isText ? TokenSequence.FromText(model, Corrupted) : TokenSequence.FromIds(model, CorruptedId);
            var options = new PatchOptions
            {
                Kinds = Kind ?? new PatchOptions().Kinds,
                Target = Token is null ? null : OneToken.Of(model, Token),
                Against = Against is null ? null : OneToken.Of(model, Against),
                Blocks = Block ?? [],
            };
            foreach (var effect in ActivationPatch.Measure(model, clean, corrupted, options, Cancellation))
            {
                WriteObject(effect);
            }
        });
    }
}
