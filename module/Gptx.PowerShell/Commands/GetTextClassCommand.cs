using System.Management.Automation;
using Gptx.Inference;
using Gptx.Prediction;

namespace Gptx.PowerShell;

/// <summary>Get-TextClass: the classes of a text, or of a pair of texts, the highest score first.</summary>
[Cmdlet(VerbsCommon.Get, "TextClass", DefaultParameterSetName = TextSet)]
[OutputType(typeof(TextClass))]
public sealed class GetTextClassCommand : BatchCmdlet
{
    /// <summary>A second text that stands behind each text, for models that read two.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? Pair { get; set; }

    /// <summary>How many classes of each text. Default: all.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Top { get; set; }

    /// <inheritdoc/>
    protected override void Run(IReadOnlyList<TokenSequence> texts, int firstIndex) =>
        WriteObject(TextClass.Of(Opened, texts, MyInvocation.BoundParameters.ContainsKey(nameof(Pair)) ? Pair : null, Top, firstIndex, Cancellation), enumerateCollection: true);
}
