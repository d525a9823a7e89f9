namespace Gptx.Projection;

/// <summary>What near means among the points that are projected.</summary>
public enum ProjectionMetric
{
    /// <summary>The Euclidean distance.</summary>
    Euclidean,

    /// <summary>1 - cos: the angle alone, whatever the lengths; 1 to and from a point of zeros.</summary>
    Cosine,
}
