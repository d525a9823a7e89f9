namespace Gptx.Figures.Drawing;

/// <summary>
/// How space is seen: turned about the upright axis, then tilted, without perspective. The script of the HTML page (figure.js) computes the same.
/// </summary>
internal sealed class SpaceView(Box plane, double azimuth, double elevation)
{
    private readonly (double Sin, double Cos) _turn = Math.SinCos(azimuth * Math.PI / 180);
    private readonly (double Sin, double Cos) _tilt = Math.SinCos(elevation * Math.PI / 180);

    /// <summary>Pixels a unit: the whole cube from -1 to 1 fits, however it is turned.</summary>
    public double Scale => Math.Min(plane.Width, plane.Height) / 2 / 1.75;

    /// <summary>The twelve edges of the cube from -1 to 1.</summary>
    public static IReadOnlyList<(SpacePoint From, SpacePoint To)> Edges { get; } =
    [
        .. from a in new[] { -1, 1 }
           from b in new[] { -1, 1 }
           from edge in new[]
           {
               (new SpacePoint(-1, a, b), new SpacePoint(1, a, b)),
               (new SpacePoint(a, -1, b), new SpacePoint(a, 1, b)),
               (new SpacePoint(a, b, -1), new SpacePoint(a, b, 1)),
           }
           select edge,
    ];

    /// <summary>Where the names of the axes stand: beyond the middle of an edge.</summary>
    public static IReadOnlyList<SpacePoint> AxisEnds { get; } = [new(0, -1.12, -1.12), new(-1.12, 0, -1.12), new(-1.12, -1.12, 0)];

    /// <summary>Radius of a point's circle: near ones are larger.</summary>
    public static double Radius(double depth) => 3.4 + (0.9 * Math.Clamp(depth, -1.75, 1.75));

    /// <summary>Moves and scales points into the cube from -1 to 1, by the same factor on all axes. Points that are not finite are left out.</summary>
    public static IReadOnlyList<SpacePoint> Normalize(IReadOnlyList<SpacePoint> points)
    {
        SpacePoint[] finite = [.. points.Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y) && double.IsFinite(point.Z))];
        if (finite.Length == 0)
        {
            return finite;
        }

        var (x, y, z) = (Range(finite.Select(point => point.X)), Range(finite.Select(point => point.Y)), Range(finite.Select(point => point.Z)));
        var half = Math.Max(x.Half, Math.Max(y.Half, z.Half));
        half = half > 0 ? half : 1;
        return [.. finite.Select(point => point with { X = (point.X - x.Middle) / half, Y = (point.Y - y.Middle) / half, Z = (point.Z - z.Middle) / half })];
    }

    /// <summary>Where a point is seen.</summary>
    public (double X, double Y) Pixel(SpacePoint point)
    {
        var across = (point.X * _turn.Cos) + (point.Y * _turn.Sin);
        var away = (point.Y * _turn.Cos) - (point.X * _turn.Sin);
        var upward = (point.Z * _tilt.Cos) + (away * _tilt.Sin);
        return (plane.X + (plane.Width / 2) + (Scale * across), plane.Y + (plane.Height / 2) - (Scale * upward));
    }

    /// <summary>How near a point is to the eye.</summary>
    public double Depth(SpacePoint point) => (((point.X * _turn.Sin) - (point.Y * _turn.Cos)) * _tilt.Cos) + (point.Z * _tilt.Sin);

    private static (double Middle, double Half) Range(IEnumerable<double> values)
    {
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in values)
        {
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        }

        return ((low + high) / 2, (high - low) / 2);
    }
}
