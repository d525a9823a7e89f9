namespace Gptx.Projection;

/// <summary>How often the labels of the nearest points say a point's own: the majority of the k nearest, among equal votes the smallest label.</summary>
public static class LabelAccuracy
{
    /// <summary>Leave one out: each point is judged by the others.</summary>
    /// <param name="points">The points, a layout or the input.</param>
    /// <param name="labels">A label a point.</param>
    /// <param name="neighbours">k.</param>
    /// <param name="metric">What near means.</param>
    /// <param name="threads">Threads; 0 is one a processor.</param>
    public static double LeaveOneOut(PointMatrix points, IReadOnlyList<int> labels, int neighbours = 5, ProjectionMetric metric = ProjectionMetric.Euclidean, int threads = 0) =>
        Score(NearestPoints.Among(MetricPoints.Of(points, metric), neighbours, new RowLoop(threads, CancellationToken.None)), labels, labels);

    /// <summary>New points are judged by those that were fitted.</summary>
    /// <param name="fitted">The fitted points.</param>
    /// <param name="fittedLabels">Their labels.</param>
    /// <param name="points">The new points.</param>
    /// <param name="labels">Their labels.</param>
    /// <param name="neighbours">k.</param>
    /// <param name="threads">Threads; 0 is one a processor.</param>
    public static double OfNew(
        PointMatrix fitted, IReadOnlyList<int> fittedLabels, PointMatrix points, IReadOnlyList<int> labels, int neighbours = 5, int threads = 0)
    {
        var among = MetricPoints.Of(fitted, ProjectionMetric.Euclidean);
        var news = MetricPoints.Of(points, ProjectionMetric.Euclidean, among.Scale);
        return Score(NearestPoints.Of(news, among, neighbours, new RowLoop(threads, CancellationToken.None)), fittedLabels, labels);
    }

    private static double Score(NearestPoints nearest, IReadOnlyList<int> known, IReadOnlyList<int> labels)
    {
        var right = 0;
        for (var point = 0; point < nearest.Count; point++)
        {
            var vote = nearest.Indices(point).ToArray().GroupBy(index => known[index])
                .OrderByDescending(group => group.Count()).ThenBy(group => group.Key).FirstOrDefault();
            right += vote?.Key == labels[point] ? 1 : 0;
        }

        return (double)right / nearest.Count;
    }
}
