using System.Management.Automation;
using Gptx.Inference;
using Gptx.Interpretation;
using Gptx.Jobs;
using Gptx.Jobs.Tasks;

namespace Gptx.PowerShell;

/// <summary>Measure-TokenSurprisal: how surprising each token of a text is; with -Summary one object a text, with its perplexity.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "TokenSurprisal", DefaultParameterSetName = TextSet, SupportsShouldProcess = true)]
[OutputType(typeof(TokenSurprisal), typeof(TextScore))]
[OutputType(typeof(JobReport), typeof(JobEstimate), ParameterSetName = [PathSet])]
public sealed class MeasureTokenSurprisalCommand : JobCmdlet
{
    /// <summary>Reads texts that are longer than the context in windows, each moved on by so many tokens.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Stride { get; set; }

    /// <summary>The id of a token put before each text, so that the first token has a surprisal too.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? Begin { get; set; }

    /// <summary>Cuts texts that are longer than the model's context, in place of an error.</summary>
    [Parameter]
    public SwitchParameter Truncate { get; set; }

    /// <summary>One object a text, with mean surprisal and perplexity, in place of one a token. A job's rows have both.</summary>
    [Parameter(ParameterSetName = TextSet)]
    [Parameter(ParameterSetName = IdSet)]
    public SwitchParameter Summary { get; set; }

    private ScoreOptions Options => new() { Stride = Stride, Begin = Begin };

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        ForCommand(Begin, () => TokenCheck.Ids([Begin ?? 0], Opened.Shape));
    }

    /// <inheritdoc/>
    protected override string TaskName => "score";

    /// <inheritdoc/>
    protected override IRowTask RowTask() => new ScoreTask(Opened, Options, Truncate);

    /// <inheritdoc/>
    protected override TokenSequence Check(TokenSequence text) => Truncate ? text.Truncate(Opened.Shape.ContextLength - (Begin is null ? 0 : 1), KeptEnd.Start) : text;

    /// <inheritdoc/>
    protected override void Take(TextRow row) => ForRows(row.Target, () =>
    {
        var score = TextScorer.Score(Opened, row.Text, Options, row.Index, Cancellation);
        if (Summary)
        {
            WriteObject(score);
        }
        else
        {
            WriteObject(TokenSurprisal.Of(score), enumerateCollection: true);
        }
    });
}
