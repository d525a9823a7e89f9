using Gptx.Embeddings;

namespace Gptx.PowerShell;

/// <summary>How near two vectors are.</summary>
/// <param name="Text">The text of the one.</param>
/// <param name="Index">Its place in the input, from 0.</param>
/// <param name="OtherText">The text of the other.</param>
/// <param name="OtherIndex">Its place, from 0.</param>
/// <param name="Score">Cosine or dot product (larger is nearer), or Euclidean distance (smaller is nearer).</param>
/// <param name="Metric">Which of these.</param>
public sealed record VectorSimilarity(string Text, int Index, string OtherText, int OtherIndex, double Score, VectorMetric Metric);
