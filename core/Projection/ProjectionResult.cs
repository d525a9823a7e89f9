namespace Gptx.Projection;

/// <summary>A vector with its text: what is projected or grouped.</summary>
/// <param name="Text">The text, or what stands for it.</param>
/// <param name="Vector">The numbers.</param>
/// <param name="Label">What kind it is of, if that is known.</param>
public sealed record NamedVector(string Text, float[] Vector, string? Label = null);

/// <summary>A point of a layout.</summary>
/// <param name="Text">What it is of.</param>
/// <param name="Index">Its place in the input, from 0.</param>
/// <param name="Label">What kind it is of, if that is known.</param>
/// <param name="Coordinates">Two or three numbers.</param>
/// <param name="IsNew">Whether it was placed afterwards, in a layout of the others.</param>
public sealed record ProjectedPoint(string Text, int Index, string? Label, IReadOnlyList<double> Coordinates, bool IsNew = false)
{
    /// <summary>The first coordinate.</summary>
    public double X => Coordinates[0];

    /// <summary>The second coordinate.</summary>
    public double Y => Coordinates[1];

    /// <summary>The third coordinate; null in two dimensions.</summary>
    public double? Z => Coordinates.Count > 2 ? Coordinates[2] : null;

    /// <summary>What it is of.</summary>
    public override string ToString() => Text;
}

/// <summary>How faithful a layout is.</summary>
/// <param name="Trustworthiness">Whether points near in the layout are near in the input, 1 if all are (Venna and Kaski 2001); null for fewer than 4 points.</param>
/// <param name="Continuity">Whether points near in the input are near in the layout.</param>
/// <param name="Neighbors">How many neighbours both look at.</param>
/// <param name="MeasuredPoints">From how many points they were measured: all up to 10,000, else an even sample.</param>
/// <param name="KlDivergence">Of t-SNE the exact divergence in nats; null for more than 10,000 points, and for the other methods.</param>
/// <param name="ExplainedVarianceRatio">Of principal components the part of all variance along each axis; null for the other methods.</param>
public sealed record ProjectionQuality(
    double? Trustworthiness, double? Continuity, int Neighbors, int MeasuredPoints, double? KlDivergence, IReadOnlyList<double>? ExplainedVarianceRatio);

/// <summary>A layout of vectors.</summary>
/// <param name="Points">A point a vector, in the order of the input; new ones last.</param>
/// <param name="Method">How it was made.</param>
/// <param name="Metric">What near means.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Quality">How faithful it is.</param>
public sealed record ProjectionResult(
    IReadOnlyList<ProjectedPoint> Points, ProjectionMethod Method, ProjectionMetric Metric, ulong Seed, ProjectionQuality Quality)
{
    /// <summary>The method, and how many points.</summary>
    public override string ToString() => $"{Method} of {Points.Count} points";
}
