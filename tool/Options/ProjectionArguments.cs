using System.CommandLine;
using Gptx.Projection;

namespace Gptx.Tool.Options;

/// <summary>How vectors are projected.</summary>
internal sealed class ProjectionArguments
{
    private readonly Option<ProjectionMethod?> _method = Choice.Of<ProjectionMethod>("--method", "pca: principal components (default); tsne, umap: layouts that keep near what is near.");
    private readonly Option<int?> _dims = Numbers.Whole("--dims", "Dimensions: 2 (default) or 3.");
    private readonly Option<ProjectionMetric?> _metric = Choice.Of<ProjectionMetric>("--metric", "What near means (default euclidean).");
    private readonly Option<double?> _perplexity = Numbers.Real("--perplexity", "tsne: neighbours that a point is laid out with, in effect (default 30, of few points a third).");
    private readonly Option<int?> _neighbors = Numbers.Whole("--neighbors", "umap: points of a neighbourhood, itself among them (default 15, or all).");
    private readonly Option<double?> _minDist = Numbers.Real("--min-dist", "umap: how close points may lie (default 0.1).");
    private readonly Option<double?> _spread = Numbers.Real("--spread", "umap: the scale of the layout (default 1).");
    private readonly Option<double?> _freedom = Numbers.Real("--degrees-of-freedom", "tsne: degrees of freedom of the layout's t distribution (default 1).");
    private readonly Option<int?> _iterations = Numbers.Whole("--iterations", "Rounds after the start (default 750 for tsne, 1000 for umap).");
    private readonly Option<bool> _whiten = new("--whiten") { Description = "pca: scale each component to variance 1." };
    private readonly Option<ulong?> _seed = Numbers.Seed("--seed", "The seed of tsne and umap (default 42); the same seed gives the same layout at any number of threads.");

    public ProjectionArguments(Command command)
    {
        command.Options.Add(_method);
        command.Options.Add(_dims);
        command.Options.Add(_metric);
        command.Options.Add(_perplexity);
        command.Options.Add(_neighbors);
        command.Options.Add(_minDist);
        command.Options.Add(_spread);
        command.Options.Add(_freedom);
        command.Options.Add(_iterations);
        command.Options.Add(_whiten);
        command.Options.Add(_seed);
    }

    public ProjectionOptions Read(Invocation run, int threads) => new()
    {
        Method = run.Get(_method) ?? ProjectionMethod.Pca,
        Dimensions = run.Get(_dims) ?? 2,
        Metric = run.Get(_metric) ?? ProjectionMetric.Euclidean,
        Perplexity = run.Get(_perplexity),
        Neighbors = run.Get(_neighbors),
        MinDistance = run.Get(_minDist),
        Spread = run.Get(_spread),
        DegreesOfFreedom = run.Get(_freedom),
        Iterations = run.Get(_iterations),
        Whiten = run.Get(_whiten),
        Seed = run.Get(_seed) ?? new ProjectionOptions().Seed,
        Threads = threads,
    };
}
