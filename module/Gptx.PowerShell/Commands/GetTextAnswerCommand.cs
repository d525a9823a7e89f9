using System.Management.Automation;
using Gptx.Inference;
using Gptx.Jobs;
using Gptx.Jobs.Tasks;
using Gptx.Prediction;

namespace Gptx.PowerShell;

/// <summary>Get-TextAnswer: where in a text the answer to a question stands.</summary>
[Cmdlet(VerbsCommon.Get, "TextAnswer", DefaultParameterSetName = TextSet, SupportsShouldProcess = true)]
[OutputType(typeof(TextAnswer))]
[OutputType(typeof(JobReport), typeof(JobEstimate), ParameterSetName = [PathSet])]
public sealed class GetTextAnswerCommand : BatchJobCmdlet
{
    /// <summary>The text with the answers.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Context { get; set; } = "";

    /// <summary>How many answers to each question. Default 1.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Top { get; set; } = 1;

    /// <inheritdoc/>
    protected override string TaskName => "answer";

    /// <inheritdoc/>
    protected override IRowTask RowTask() => new AnswerTask(Opened, Context, Top);

    /// <inheritdoc/>
    protected override void Run(IReadOnlyList<TokenSequence> texts, int firstIndex) =>
        WriteObject(TextAnswer.Of(Opened, texts, Context, Top, firstIndex, Cancellation), enumerateCollection: true);
}
