namespace Gptx.Figures;

/// <summary>Points in space, seen from one side; in HTML it is turned with the mouse.</summary>
/// <param name="Points">The points; their labels have precedence in this order.</param>
public sealed record PointCloud(IReadOnlyList<SpacePoint> Points) : Panel
{
    /// <summary>Names of groups of points, by their number; shown as a legend where there are several.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Names of the three axes.</summary>
    public IReadOnlyList<string> AxisNames { get; init; } = ["x", "y", "z"];

    /// <summary>Turn about the upright axis, in degrees.</summary>
    public double Azimuth { get; init; } = 35;

    /// <summary>How far above the plane the eye is, in degrees.</summary>
    public double Elevation { get; init; } = 22;

    /// <summary>Width and height, in pixels.</summary>
    public double Size { get; init; } = 620;
}

/// <summary>A point in space.</summary>
/// <param name="X">First coordinate.</param>
/// <param name="Y">Second coordinate.</param>
/// <param name="Z">Third coordinate, upward.</param>
/// <param name="Label">What it stands for; null for none.</param>
/// <param name="Group">Which colour it has; null for that of all.</param>
public sealed record SpacePoint(double X, double Y, double Z, string? Label = null, int? Group = null);
