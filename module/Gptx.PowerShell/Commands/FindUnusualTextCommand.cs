using System.Management.Automation;
using Gptx.Analyses;
using Gptx.Embeddings;
using Gptx.Interpretation;

namespace Gptx.PowerShell;

/// <summary>Find-UnusualText: the texts that surprise a model most, or that are farthest from all others.</summary>
[Cmdlet(VerbsCommon.Find, "UnusualText", DefaultParameterSetName = InputSet)]
[OutputType(typeof(UnusualText))]
public sealed class FindUnusualTextCommand : AnalysisCmdlet
{
    /// <summary>What makes a text unusual: Surprisal (default of texts) or Distance (default of vectors).</summary>
    [Parameter]
    public UnusualBy? By { get; set; }

    /// <summary>How many texts. Default 10.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Top { get; set; } = new UnusualOptions().Top;

    /// <summary>By distance: from how many nearest others. Default 10.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int Neighbour { get; set; } = new UnusualOptions().Neighbours;

    /// <summary>By distance: Cosine (default) or Euclidean.</summary>
    [Parameter]
    public VectorMetric Metric { get; set; }

    /// <summary>By surprisal: reads texts that are longer than the context in windows, each moved on by so many tokens.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Stride { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing() => ForCommand(InputObject, () =>
    {
        if (ParameterSetName == InputSet && Objects.Count == 0)
        {
            return;
        }

        var by = By ?? (IsOfVectors ? UnusualBy.Distance : UnusualBy.Surprisal);
        if (by == UnusualBy.Surprisal && IsOfVectors)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "UsageInvalid", "-By Surprisal is of texts, and there are vectors: give texts, or their file with -Path");
        }

        var found = Find(by);
        foreach (var text in found.Texts)
        {
            WriteRow(text, text.Kept);
        }

        WriteVerbose($"{found.Scores.Count} texts, median {found.Median}");
    });

    private UnusualTexts Find(UnusualBy by)
    {
        using var progress = new WorkProgressLine("Finding unusual texts", WriteProgress);
        var options = new UnusualOptions { Top = Top, Neighbours = Neighbour, Metric = Metric, MaxMemory = MaxMemory, Threads = Threads };
        return by == UnusualBy.Distance
            ? FarTexts.Of(Rows(), options, progress, Cancellation)
            : SurprisingTexts.Of(OpenModel(), Texts(), options, new ScoreOptions { Stride = Stride }, Truncate, Fail, progress, Cancellation);
    }
}
