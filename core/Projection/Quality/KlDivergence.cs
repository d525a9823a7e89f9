namespace Gptx.Projection;

/// <summary>
/// The divergence that t-SNE lessens, over all ordered pairs, without approximation or exaggeration: sum of p_ij ln(p_ij / q_ij) in nats, where p_ij comes of all
/// pairs and q_ij of the t distribution.
/// </summary>
public static class KlDivergence
{
    /// <summary>Measures a layout. Time and memory grow with the square of the points.</summary>
    /// <param name="points">The input, [n, d].</param>
    /// <param name="layout">Its layout, a row a point.</param>
    /// <param name="perplexity">The perplexity of p.</param>
    /// <param name="degreesOfFreedom">The degrees of freedom of q.</param>
    /// <param name="metric">What near means in the input.</param>
    /// <param name="threads">Threads; 0 is one a processor.</param>
    /// <param name="cancellation">Stops it.</param>
    public static double Exact(
        PointMatrix points,
        PointMatrix layout,
        double perplexity,
        double degreesOfFreedom = 1,
        ProjectionMetric metric = ProjectionMetric.Euclidean,
        int threads = 0,
        CancellationToken cancellation = default)
    {
        var loop = new RowLoop(threads, cancellation);
        var similarities = AllPairs(MetricPoints.Of(points, metric), perplexity, loop);
        return Of(similarities, layout, degreesOfFreedom, loop);
    }

    /// <summary>p(j|i) of all pairs, [i * n + j]; 0 on the diagonal.</summary>
    internal static double[] AllPairs(MetricPoints points, double perplexity, RowLoop loop)
    {
        var n = points.Count;
        var conditional = new double[(long)n * n];
        loop.Run(n, 32, (first, end) =>
        {
            var distances = new double[PairDistances<Product>.Tile * n];
            var tile = new double[PairDistances<Product>.Tile * points.Points.Stride];
            var (others, similarities) = (new double[n - 1], new double[n - 1]);
            for (var row = first; row < end; row += PairDistances<Product>.Tile)
            {
                points.Fill(row, points, distances, tile);
                for (var i = row; i < Math.Min(end, row + PairDistances<Product>.Tile); i++)
                {
                    ReadOnlySpan<double> own = distances.AsSpan((i - row) * n, n);
                    own[..i].CopyTo(others);
                    own[(i + 1)..].CopyTo(others.AsSpan(i));
                    PointSimilarities.Conditional(others, points.Metric, perplexity, similarities);
                    similarities.AsSpan(0, i).CopyTo(conditional.AsSpan(i * n));
                    similarities.AsSpan(i).CopyTo(conditional.AsSpan((i * n) + i + 1));
                }
            }
        });
        return conditional;
    }

    internal static double Of(double[] conditional, PointMatrix layout, double degreesOfFreedom, RowLoop loop)
    {
        var n = layout.Count;
        var kernel = new StudentKernel<double>(degreesOfFreedom);
        double Weight(int i, int j)
        {
            var squared = 0.0;
            for (var axis = 0; axis < layout.Width; axis++)
            {
                var difference = layout.Values[(i * layout.Stride) + axis] - layout.Values[(j * layout.Stride) + axis];
                squared += difference * difference;
            }

            return kernel.Weight(squared);
        }

        var total = loop.Sum(n, 32, (first, end) =>
        {
            var sum = 0.0;
            for (var i = first; i < end; i++)
            {
                for (var j = 0; j < n; j++)
                {
                    sum += j == i ? 0 : Weight(i, j);
                }
            }

            return sum;
        });
        return loop.Sum(n, 32, (first, end) =>
        {
            var sum = 0.0;
            for (var i = first; i < end; i++)
            {
                for (var j = 0; j < n; j++)
                {
                    var p = (conditional[((long)i * n) + j] + conditional[((long)j * n) + i]) / (2 * n);
                    sum += p > 0 ? p * Math.Log(p * total / Weight(i, j)) : 0;
                }
            }

            return sum;
        });
    }
}
