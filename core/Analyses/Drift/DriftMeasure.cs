using Gptx.Embeddings;
using Gptx.Projection;

namespace Gptx.Analyses;

/// <summary>
/// Measures drift: the energy distance of two samples of rows, how likely one so large would be if both were of one source (permutation test), and which groups of rows grew or shrank.
/// </summary>
public static class DriftMeasure
{
    /// <summary>Compares two sides.</summary>
    /// <param name="reference">Rows of the one, of which a sample is drawn.</param>
    /// <param name="difference">Rows of the other.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="GptxException"><c>OptionOutOfRange</c>; <c>ModelMismatch</c>, <c>WidthMismatch</c>; <c>TooFewVectors</c> below two rows a side; what reading them says.</exception>
    public static TextDrift Of(IVectorRows reference, IVectorRows difference, DriftOptions options, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default)
    {
        options.Validate();
        reference.Origin.RequireSame(reference.Name, difference.Origin, difference.Name);
        return Of(DriftSide.Of(reference, options, 0, progress, cancellation), DriftSide.Of(difference, options, 1, progress, cancellation), options, progress, cancellation);
    }

    /// <summary>Compares two sides of which samples are drawn already.</summary>
    public static TextDrift Of(DriftSide reference, DriftSide difference, DriftOptions options, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default)
    {
        options.Validate();
        RequireRows(reference, difference);
        var loop = new RowLoop(options.Threads, cancellation);
        var sides = (First: Vectors(reference, options), Second: Vectors(difference, options));
        var distances = PooledDistances.Of(sides.First, sides.Second, loop);
        var probability = new EnergyPermutations(distances).Probability(options.Permutations, options.Seed, loop, null, progress);
        progress?.Report(new WorkProgress("grouping", 0, 1));
        RowLabel[] labels = [.. reference.Labels, .. difference.Labels];
        float[][] vectors = [.. sides.First, .. sides.Second];
        return new TextDrift(
            reference.Name,
            difference.Name,
            reference.Rows,
            difference.Rows,
            reference.Labels.Count,
            difference.Labels.Count,
            distances.Energy.Value,
            distances.Energy.Coefficient,
            probability,
            options.Permutations,
            options.Seed,
            DriftGroups.Of(vectors, labels, reference.Labels.Count, options, cancellation))
        {
            Points = Plane(vectors, labels, reference.Labels.Count, options.Threads, cancellation),
        };
    }

    private static void RequireRows(DriftSide reference, DriftSide difference)
    {
        foreach (var side in (DriftSide[])[reference, difference])
        {
            if (side.Labels.Count < 2)
            {
                throw VectorChecks.Refuse("TooFewVectors", $"{side.Name} has {side.Labels.Count} rows: there must be at least two of each side");
            }
        }

        if (reference.Vectors[0].Length != difference.Vectors[0].Length)
        {
            throw VectorChecks.Refuse(
                "WidthMismatch", $"the vectors of {reference.Name} have {reference.Vectors[0].Length} numbers, those of {difference.Name} {difference.Vectors[0].Length}: they are not of one model");
        }
    }

    private static IReadOnlyList<float[]> Vectors(DriftSide side, DriftOptions options) => options.Normalize ? [.. side.Vectors.Select(vector => UnitVector.Of(vector))] : side.Vectors;

    private static DriftPoint[] Plane(float[][] vectors, RowLabel[] labels, int first, int threads, CancellationToken cancellation)
    {
        var points = PointMatrix.FromRows(vectors);
        var dimensions = Math.Min(2, Math.Min(points.Count, points.Width));
        return [.. PrincipalComponents.Fit(points, threads, cancellation).Transform(points, dimensions)
            .Select((point, row) => new DriftPoint(point[0], point.Length > 1 ? point[1] : 0, row < first, labels[row].Text ?? $"{labels[row].RowId}"))];
    }
}
