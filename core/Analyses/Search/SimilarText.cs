using System.Text.Json;
using Gptx.Embeddings;

namespace Gptx.Analyses;

/// <summary>A row that is like a query.</summary>
/// <param name="Query">The query.</param>
/// <param name="Index">Which query, from 0.</param>
/// <param name="Rank">1 for the nearest.</param>
/// <param name="RowId">What names the row: a string, or a whole number where its file has one.</param>
/// <param name="Text">Its text; null where its file has none.</param>
/// <param name="Score">Cosine or dot product (larger is nearer), or Euclidean distance (smaller is nearer).</param>
/// <param name="Metric">Which of these.</param>
/// <param name="Source">The file or table that it is in.</param>
public sealed record SimilarText(string Query, int Index, int Rank, object RowId, string? Text, double Score, VectorMetric Metric, string Source)
{
    /// <summary>Fields of the row that were asked for.</summary>
    public IReadOnlyList<KeyValuePair<string, JsonElement>> Kept { get; init; } = [];

    /// <summary>The text that was found.</summary>
    public override string ToString() => Text ?? $"{RowId}";
}
