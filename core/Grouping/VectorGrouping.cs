using Gptx.Projection;

namespace Gptx.Grouping;

/// <summary>A vector's group.</summary>
/// <param name="Text">What it is of.</param>
/// <param name="Index">Its place in the input, from 0.</param>
/// <param name="Group">Its group, from 0; the largest first.</param>
/// <param name="Distance">How far it is from the group's centre: 1 - cos, or the Euclidean distance.</param>
public sealed record GroupedVector(string Text, int Index, int Group, double Distance);

/// <summary>A group of vectors.</summary>
/// <param name="Group">Its number, from 0; the largest first.</param>
/// <param name="Size">How many vectors it has.</param>
/// <param name="Representatives">The texts that stand for it: those nearest to its centre, nearest first.</param>
/// <param name="Members">Its vectors, in the order of the input.</param>
public sealed record VectorGroup(int Group, int Size, IReadOnlyList<string> Representatives, IReadOnlyList<GroupedVector> Members)
{
    /// <summary>The texts that stand for it.</summary>
    public override string ToString() => string.Join(", ", Representatives);
}

/// <summary>Vectors in groups (<see cref="KMeans"/>).</summary>
/// <param name="Vectors">Each vector with its group, in the order of the input.</param>
/// <param name="Groups">The groups, the largest first.</param>
/// <param name="Silhouette">The mean silhouette, -1 to 1, of all vectors; null for one group, and for more than 20,000 vectors.</param>
/// <param name="Metric">What near means.</param>
/// <param name="Seed">The seed.</param>
public sealed record VectorGrouping(
    IReadOnlyList<GroupedVector> Vectors, IReadOnlyList<VectorGroup> Groups, double? Silhouette, ProjectionMetric Metric, ulong Seed)
{
    private const int MostForSilhouette = 20_000;

    /// <summary>Groups vectors.</summary>
    /// <param name="vectors">The vectors, all of one width.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="GptxException">InvalidArgument: <c>OptionOutOfRange</c>; <c>PointsMissing</c>, <c>PointWidth</c>, <c>PointNotFinite</c>; <c>PointsTooMany</c> to choose the number of groups.</exception>
    public static VectorGrouping Of(IReadOnlyList<NamedVector> vectors, GroupingOptions options, CancellationToken cancellation = default)
    {
        var matrix = PointMatrix.FromRows([.. vectors.Select(vector => vector.Vector)]);
        options.Check(matrix.Count);
        var (points, loop) = (MetricPoints.Of(matrix, options.Metric), new RowLoop(options.Threads, cancellation));
        var (found, silhouette) = options.Groups is { } count ? Fixed(points, count, options, loop) : Chosen(points, options, loop);
        return Of(vectors, points, found, silhouette, options);
    }

    private static (KMeansResult Found, double? Silhouette) Fixed(MetricPoints points, int count, GroupingOptions options, RowLoop loop)
    {
        var found = new KMeans(points, count, options, loop).Best();
        var canMeasure = (options.Silhouette || options.Groups is null) && count > 1 && points.Count <= MostForSilhouette;
        return (found, canMeasure ? Grouping.Silhouette.Mean(points, found.Groups, count, loop) : null);
    }

    private static (KMeansResult Found, double? Silhouette) Chosen(MetricPoints points, GroupingOptions options, RowLoop loop)
    {
        if (points.Count > MostForSilhouette)
        {
            throw new GptxException(
                GptxErrorKind.InvalidArgument,
                "PointsTooMany",
                $"the number of groups can be chosen for at most {MostForSilhouette} vectors, and there are {points.Count}: give the number of groups");
        }

        var (found, silhouette) = Fixed(points, Math.Min(2, points.Count), options, loop);
        for (var count = 3; count <= Math.Min(options.MostGroups, points.Count - 1); count++)
        {
            var other = Fixed(points, count, options, loop);
            (found, silhouette) = other.Silhouette > silhouette ? other : (found, silhouette);
        }

        return (found, silhouette);
    }

    private static VectorGrouping Of(
        IReadOnlyList<NamedVector> vectors, MetricPoints points, KMeansResult found, double? silhouette, GroupingOptions options)
    {
        // The largest group first; of equal ones that whose first vector comes first.
        var order = Enumerable.Range(0, vectors.Count).GroupBy(index => found.Groups[index])
            .OrderByDescending(group => group.Count()).ThenBy(group => group.First()).ToList();
        var numbers = order.Index().ToDictionary(group => group.Item.Key, group => group.Index);
        double Distance(int index) => points.Distance(found.Distances[index]) * points.Scale;
        GroupedVector[] all = [.. vectors.Select((vector, index) => new GroupedVector(vector.Text, index, numbers[found.Groups[index]], Distance(index)))];
        VectorGroup Group(IGrouping<int, int> group, int number) => new(
            number,
            group.Count(),
            [.. group.OrderBy(index => found.Distances[index]).ThenBy(index => index).Take(options.Representatives).Select(index => vectors[index].Text)],
            [.. group.Select(index => all[index])]);
        return new VectorGrouping(
            all,
            [.. order.Select(Group)],
            silhouette,
            options.Metric,
            options.Seed);
    }
}
