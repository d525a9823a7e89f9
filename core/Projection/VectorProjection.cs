namespace Gptx.Projection;

/// <summary>Lays vectors with their texts out in two or three dimensions, by any method, and says how faithful the layout is.</summary>
public static class VectorProjection
{
    /// <summary>Projects vectors.</summary>
    /// <param name="vectors">The vectors, all of one width.</param>
    /// <param name="options">How.</param>
    /// <param name="news">Vectors that are placed afterwards, and do not change where the others lie.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="GptxException">
    /// InvalidArgument: <c>OptionOutOfRange</c>; <c>PointsMissing</c>, <c>PointsTooFew</c>, <c>PointWidth</c>, <c>PointNotFinite</c>.
    /// </exception>
    public static ProjectionResult Of(
        IReadOnlyList<NamedVector> vectors,
        ProjectionOptions options,
        IReadOnlyList<NamedVector>? news = null,
        IProgress<ProjectionProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ProjectionError.CheckDimensions(options.Dimensions);
        ProjectionError.CheckRange("threads", options.Threads, options.Threads is >= 0 and <= 1024, "from 0 to 1024");
        var points = PointMatrix.FromRows([.. vectors.Select(vector => vector.Vector)]);
        var added = news is { Count: > 0 } ? PointMatrix.FromRows([.. news.Select(vector => vector.Vector)]) : null;
        if (added is not null)
        {
            ProjectionError.CheckWidth(added, points.Width);
        }

        var (layout, placed, ratios, perplexity) = Laid(points, added, options, progress, cancellation);
        progress?.Report(new ProjectionProgress(ProjectionStage.Quality, 0, 1));
        var quality = LayoutQuality.Of(points, layout, options, perplexity, ratios, cancellation);
        ProjectedPoint[] all =
        [
            .. vectors.Select((vector, index) => new ProjectedPoint(vector.Text, index, vector.Label, layout[index])),
            .. (news ?? []).Select((vector, index) => new ProjectedPoint(vector.Text, vectors.Count + index, vector.Label, placed[index], IsNew: true)),
        ];
        return new ProjectionResult(all, options.Method, options.Metric, options.Seed, quality);
    }

    private static (double[][] Layout, double[][] Placed, IReadOnlyList<double>? Ratios, double? Perplexity) Laid(
        PointMatrix points, PointMatrix? added, ProjectionOptions options, IProgress<ProjectionProgress>? progress, CancellationToken cancellation)
    {
        switch (options.Method)
        {
            case ProjectionMethod.Tsne:
                var settings = options.ForTSne(points.Count);
                var tsne = TSne.Fit(points, settings, progress, cancellation);
                return (tsne.Layout, added is null ? [] : tsne.Transform(added, cancellation), null, settings.Perplexity);
            case ProjectionMethod.Umap:
                var umap = Umap.Fit(points, options.ForUmap(points.Count), progress, cancellation);
                return (umap.Layout, added is null ? [] : umap.Transform(added, cancellation), null, null);
            default:
                var components = PrincipalComponents.Fit(points, options.Threads, cancellation);
                double[][] Shadow(PointMatrix some) => components.Transform(some, options.Dimensions, options.Whiten);
                return (Shadow(points), added is null ? [] : Shadow(added), [.. components.ExplainedVarianceRatio.Take(options.Dimensions)], null);
        }
    }
}
