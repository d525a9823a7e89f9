namespace Gptx.Projection;

/// <summary>
/// The nearest points of each point, found by comparing all with all; nearest first, of equal distances the lower index first.
/// Squared distances for the Euclidean metric, 1 - cos for cosine.
/// </summary>
internal sealed class NearestPoints
{
    private const int Block = 32;
    private readonly int[] _indices;
    private readonly double[] _distances;

    private NearestPoints(int count, int perPoint)
    {
        Count = count;
        PerPoint = perPoint;
        _indices = new int[(long)count * perPoint];
        _distances = new double[(long)count * perPoint];
    }

    public int Count { get; }

    /// <summary>The neighbours of each point.</summary>
    public int PerPoint { get; }

    public ReadOnlySpan<int> Indices(int point) => _indices.AsSpan(point * PerPoint, PerPoint);

    public ReadOnlySpan<double> Distances(int point) => _distances.AsSpan(point * PerPoint, PerPoint);

    /// <summary>Among the points themselves; each leaves itself out.</summary>
    public static NearestPoints Among(MetricPoints points, int perPoint, RowLoop loop, Action<int>? done = null) =>
        Find(points, points, Math.Min(perPoint, points.Count - 1), leaveOut: true, loop, done);

    /// <summary>Of new points, among others.</summary>
    public static NearestPoints Of(MetricPoints points, MetricPoints among, int perPoint, RowLoop loop) =>
        Find(points, among, Math.Min(perPoint, among.Count), leaveOut: false, loop, done: null);

    private static NearestPoints Find(MetricPoints points, MetricPoints among, int perPoint, bool leaveOut, RowLoop loop, Action<int>? done)
    {
        var found = new NearestPoints(points.Count, perPoint);
        loop.Run(points.Count, Block, (first, end) =>
        {
            var distances = new double[PairDistances<Product>.Tile * among.Count];
            var tile = new double[PairDistances<Product>.Tile * points.Points.Stride];
            for (var row = first; row < end; row += PairDistances<Product>.Tile)
            {
                points.Fill(row, among, distances, tile);
                for (var query = row; query < Math.Min(end, row + PairDistances<Product>.Tile); query++)
                {
                    found.Select(query, distances.AsSpan((query - row) * among.Count, among.Count), leaveOut ? query : -1);
                }
            }

            done?.Invoke(end - first);
        });
        return found;
    }

    // Keeps a sorted list; most distances are larger than the last of it and cost one comparison.
    private void Select(int point, ReadOnlySpan<double> all, int without)
    {
        var indices = _indices.AsSpan(point * PerPoint, PerPoint);
        var distances = _distances.AsSpan(point * PerPoint, PerPoint);
        var (size, worst) = (0, double.PositiveInfinity);
        for (var index = 0; index < all.Length && PerPoint > 0; index++)
        {
            var distance = all[index];
            if ((size == PerPoint && distance >= worst) || index == without)
            {
                continue;
            }

            var place = size < PerPoint ? size++ : size - 1;
            for (; place > 0 && distances[place - 1] > distance; place--)
            {
                distances[place] = distances[place - 1];
                indices[place] = indices[place - 1];
            }

            (distances[place], indices[place]) = (distance, index);
            worst = distances[size - 1];
        }
    }
}
