using Gptx.Grouping;
using Gptx.Projection;

namespace Gptx.Analyses;

/// <summary>Groups of the rows of both sides together (k-means), and which part of each side is in them.</summary>
internal static class DriftGroups
{
    // Of few rows there are few groups.
    private const int LeastSize = 10;
    private const int Starts = 4;
    private const int Iterations = 100;

    /// <summary>The groups, the one whose share changed most first.</summary>
    /// <param name="vectors">The rows of the reference, then those of the other side.</param>
    /// <param name="labels">What they are called.</param>
    /// <param name="first">How many are of the reference.</param>
    /// <param name="options">How many groups.</param>
    /// <param name="cancellation">Stops it.</param>
    public static IReadOnlyList<DriftGroup> Of(float[][] vectors, RowLabel[] labels, int first, DriftOptions options, CancellationToken cancellation)
    {
        var count = Math.Min(options.Groups, Math.Max(2, vectors.Length / LeastSize));
        if (count < 1)
        {
            return [];
        }

        var grouping = VectorGrouping.Of([.. vectors.Select((vector, row) => new NamedVector($"{row}", vector))], new GroupingOptions
        {
            Groups = count,
            Metric = options.Normalize ? ProjectionMetric.Cosine : ProjectionMetric.Euclidean,
            Representatives = 0,
            Starts = Starts,
            Iterations = Iterations,
            Silhouette = false,
            Seed = options.Seed,
            Threads = options.Threads,
        }, cancellation);
        return [.. grouping.Groups.Select(group => Of(group, labels, first, options)).OrderByDescending(group => Math.Abs(group.Change)).ThenBy(group => group.Group)];
    }

    private static DriftGroup Of(VectorGroup group, RowLabel[] labels, int first, DriftOptions options)
    {
        double Share(bool isReference) => group.Members.Count(member => member.Index < first == isReference) / (double)(isReference ? first : labels.Length - first);
        var (before, after) = (Share(true), Share(false));
        var standing = group.Members.Where(member => member.Index >= first == after >= before).OrderBy(member => member.Distance).ThenBy(member => member.Index)
            .Select(member => labels[member.Index]).DistinctBy(label => label.Text ?? label.RowId).Take(options.Representatives).ToList();
        return new DriftGroup(group.Group, before, after, [.. standing.Select(label => label.RowId)], [.. standing.Select(label => label.Text)]);
    }
}
