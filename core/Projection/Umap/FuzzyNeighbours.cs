namespace Gptx.Projection;

/// <summary>
/// How much each point takes each of its neighbours for one: exp(-max(0, d - rho) / sigma), where rho is the distance of the nearest that is not equal and sigma such that
/// they sum to log2(k) (McInnes et al. 2018; umap-learn's <c>smooth_knn_dist</c>).
/// </summary>
internal sealed class FuzzyNeighbours
{
    private const int Bisections = 64;
    private const double Tolerance = 1e-5;
    private const double SmallestScale = 1e-3;

    private FuzzyNeighbours(double[] rho, double[] sigma, double[] weights) => (Rho, Sigma, Weights) = (rho, sigma, weights);

    public double[] Rho { get; }

    public double[] Sigma { get; }

    /// <summary>[point * neighbours + place].</summary>
    public double[] Weights { get; }

    /// <summary>Weights of neighbours.</summary>
    /// <param name="nearest">The neighbours of each point, itself left out.</param>
    /// <param name="points">The points, whose metric says what a distance is.</param>
    /// <param name="size">k, by which the sum is set.</param>
    /// <param name="isConnected">Whether each is tied fully to its nearest (rho), as points of a graph are, or not, as new points.</param>
    /// <param name="loop">The threads.</param>
    public static FuzzyNeighbours Of(NearestPoints nearest, MetricPoints points, int size, bool isConnected, RowLoop loop)
    {
        var (n, per) = (nearest.Count, nearest.PerPoint);
        var (rho, sigma, weights) = (new double[n], new double[n], new double[(long)n * per]);
        var distances = new double[(long)n * per];
        loop.Run(n, 256, (first, end) =>
        {
            for (var row = first; row < end; row++)
            {
                for (var place = 0; place < per; place++)
                {
                    distances[(row * per) + place] = points.Distance(nearest.Distances(row)[place]);
                }
            }
        });
        var mean = distances.Length == 0 ? 0 : distances.Sum() / ((double)n * size);
        loop.Run(n, 64, (first, end) =>
        {
            for (var row = first; row < end; row++)
            {
                ReadOnlySpan<double> own = distances.AsSpan(row * per, per);
                var isFirst = own.IndexOfAnyExcept(0.0);
                rho[row] = isConnected && isFirst >= 0 ? own[isFirst] : 0;
                // A new point's nearest does not count in the sum, as in umap-learn, where a graph's point itself stands there.
                sigma[row] = Scale(isConnected ? own : own[1..], rho[row], Math.Log2(size), rho[row] > 0 ? Sum(own) / size : mean);
                for (var place = 0; place < per; place++)
                {
                    var beyond = own[place] - rho[row];
                    weights[(row * per) + place] = beyond <= 0 || sigma[row] == 0 ? 1 : Math.Exp(-beyond / sigma[row]);
                }
            }
        });
        return new FuzzyNeighbours(rho, sigma, weights);
    }

    private static double Scale(ReadOnlySpan<double> distances, double rho, double wanted, double mean)
    {
        // Doubling from 1 would take long for distances of 1e18, and never end for 1e-300.
        var (low, high, scale) = (0.0, double.PositiveInfinity, mean > 0 ? mean : 1);
        for (var step = 0; step < Bisections; step++)
        {
            var sum = 0.0;
            foreach (var distance in distances)
            {
                sum += distance > rho ? Math.Exp((rho - distance) / scale) : 1;
            }

            if (Math.Abs(sum - wanted) < Tolerance)
            {
                break;
            }

            (low, high) = sum > wanted ? (low, scale) : (scale, high);
            scale = double.IsInfinity(high) ? scale * 2 : (low + high) / 2;
        }

        return Math.Max(scale, SmallestScale * mean);
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum;
    }
}
