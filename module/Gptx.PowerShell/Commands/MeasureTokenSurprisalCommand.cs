using System.Management.Automation;
using Gptx.Inference;
using Gptx.Interpretation;

namespace Gptx.PowerShell;

/// <summary>Measure-TokenSurprisal: how surprising each token of a text is; with -Summary one object a text, with its perplexity.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "TokenSurprisal", DefaultParameterSetName = TextSet)]
[OutputType(typeof(TokenSurprisal), typeof(TextScore))]
public sealed class MeasureTokenSurprisalCommand : TextCmdlet
{
    /// <summary>Reads texts that are longer than the context in windows, each moved on by so many tokens.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Stride { get; set; }

    /// <summary>The id of a token put before each text, so that the first token has a surprisal too.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? Begin { get; set; }

    /// <summary>One object a text, with mean surprisal and perplexity, in place of one a token.</summary>
    [Parameter]
    public SwitchParameter Summary { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        ForCommand(Begin, () => TokenCheck.Ids([Begin ?? 0], Opened.Shape));
    }

    /// <inheritdoc/>
    protected override void Take(TextRow row) => ForRows(row.Target, () =>
    {
        var score = TextScorer.Score(Opened, row.Text, new ScoreOptions { Stride = Stride, Begin = Begin }, row.Index, Cancellation);
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
