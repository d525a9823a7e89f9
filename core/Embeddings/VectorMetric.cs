namespace Gptx.Embeddings;

/// <summary>How near two vectors are.</summary>
public enum VectorMetric
{
    /// <summary>The cosine of the angle, -1 to 1, largest first; 0 if either vector is zero.</summary>
    Cosine,

    /// <summary>The dot product, largest first.</summary>
    Dot,

    /// <summary>The Euclidean distance, smallest first.</summary>
    Euclidean,
}
