using System.Management.Automation;
using Gptx.Inference;
using Gptx.Jobs;
using Gptx.Jobs.Tasks;
using Gptx.Prediction;

namespace Gptx.PowerShell;

/// <summary>Get-TextClass: the classes of a text, or of a pair of texts, the highest score first.</summary>
[Cmdlet(VerbsCommon.Get, "TextClass", DefaultParameterSetName = TextSet, SupportsShouldProcess = true)]
[OutputType(typeof(TextClass))]
[OutputType(typeof(JobReport), typeof(JobEstimate), ParameterSetName = [PathSet])]
public sealed class GetTextClassCommand : BatchJobCmdlet
{
    /// <summary>A second text that stands behind each text, for models that read two.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? Pair { get; set; }

    /// <summary>How many classes of each text. Default: all.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Top { get; set; }

    private string? Second => MyInvocation.BoundParameters.ContainsKey(nameof(Pair)) ? Pair : null;

    /// <inheritdoc/>
    protected override string TaskName => "classify";

    /// <inheritdoc/>
    protected override IRowTask RowTask() => new ClassifyTask(Opened, Second, Top, Truncate);

    /// <inheritdoc/>
    protected override void Run(IReadOnlyList<TokenSequence> texts, int firstIndex) =>
        WriteObject(TextClass.Of(Opened, texts, Second, Top, firstIndex, Cancellation), enumerateCollection: true);
}
