namespace Gptx.Embeddings;

/// <summary>A vector with the text it stands for: what <see cref="VectorSearch"/> searches and is asked for.</summary>
/// <param name="Text">The text.</param>
/// <param name="Vector">The numbers.</param>
/// <param name="Model">The model it comes from; null if not known.</param>
/// <param name="Label">What kind it is of; null if not known.</param>
public sealed record LabelledVector(string Text, float[] Vector, string? Model = null, string? Label = null);

/// <summary>One of one's own vectors that is near a query.</summary>
/// <param name="Text">The query.</param>
/// <param name="Index">Which query of the input, from 0.</param>
/// <param name="Rank">1 for the nearest.</param>
/// <param name="Match">The text of the vector found.</param>
/// <param name="MatchIndex">Its place among those searched, from 0.</param>
/// <param name="Score">Cosine or dot product (larger is nearer), or Euclidean distance (smaller is nearer).</param>
/// <param name="Metric">Which of these.</param>
public sealed record NearVector(string Text, int Index, int Rank, string Match, int MatchIndex, double Score, VectorMetric Metric)
{
    /// <summary>The text that was found.</summary>
    public override string ToString() => Match;
}
