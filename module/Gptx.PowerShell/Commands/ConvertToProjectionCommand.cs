using System.Management.Automation;
using Gptx.Projection;

namespace Gptx.PowerShell;

/// <summary>ConvertTo-Projection: vectors laid out in two or three dimensions.</summary>
[Cmdlet(VerbsData.ConvertTo, "Projection")]
[OutputType(typeof(ProjectedPoint), typeof(ProjectionResult))]
public sealed class ConvertToProjectionCommand : VectorSetCmdlet
{
    /// <summary>Pca: principal components (default); Tsne, Umap: layouts that keep near what is near.</summary>
    [Parameter]
    public ProjectionMethod Method { get; set; }

    /// <summary>Dimensions: 2 (default) or 3.</summary>
    [Parameter]
    [ValidateRange(2, 3)]
    public int Dims { get; set; } = 2;

    /// <summary>What near means: Euclidean (default) or Cosine.</summary>
    [Parameter]
    public ProjectionMetric Metric { get; set; }

    /// <summary>Of Tsne: neighbours that a point is laid out with, in effect. Default 30, of few points a third.</summary>
    [Parameter]
    public double? Perplexity { get; set; }

    /// <summary>Of Umap: points of a neighbourhood, itself among them. Default 15, or all.</summary>
    [Parameter]
    public int? Neighbors { get; set; }

    /// <summary>Of Umap: how close points may lie. Default 0.1.</summary>
    [Parameter]
    public double? MinDist { get; set; }

    /// <summary>Of Umap: the scale of the layout. Default 1.</summary>
    [Parameter]
    public double? Spread { get; set; }

    /// <summary>Rounds after the start. Default 750 of Tsne, 1000 of Umap.</summary>
    [Parameter]
    public int? Iterations { get; set; }

    /// <summary>Of Pca: scales each component to variance 1.</summary>
    [Parameter]
    public SwitchParameter Whiten { get; set; }

    /// <summary>The seed of Tsne and Umap. Default 42; the same seed gives the same layout at any number of threads.</summary>
    [Parameter]
    public ulong Seed { get; set; } = new ProjectionOptions().Seed;

    /// <summary>Vectors that are placed afterwards in the layout of the others: objects or files.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public PSObject[]? New { get; set; }

    /// <summary>One object with Points and Quality, in place of the points.</summary>
    [Parameter]
    public SwitchParameter Whole { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (Gathered.Count == 0)
        {
            return;
        }

        ForCommand(Gathered, () =>
        {
            var progress = new ProjectionProgressRecord(WriteProgress);
            var news = New?.SelectMany(Read).ToList();
            var result = VectorProjection.Of(Gathered, Options(), news, progress, Cancellation);
            progress.Complete();
            WriteVerbose($"{result.Quality}");
            WriteObject(Whole ? result : result.Points, enumerateCollection: true);
        });
    }

    private ProjectionOptions Options() => new()
    {
        Method = Method,
        Dimensions = Dims,
        Metric = Metric,
        Perplexity = Perplexity,
        Neighbors = Neighbors,
        MinDistance = MinDist,
        Spread = Spread,
        Iterations = Iterations,
        Whiten = Whiten,
        Seed = Seed,
        Threads = Threads,
    };
}
