namespace Gptx.Embeddings;

/// <summary>A word near another.</summary>
/// <param name="Text">The word or expression whose neighbours were asked for.</param>
/// <param name="Index">Which query of the input, from 0.</param>
/// <param name="Rank">1 for the nearest.</param>
/// <param name="Word">The neighbour, without the space before it.</param>
/// <param name="Id">The neighbour's token, or its row in a file of vectors; null for a word of a list that has several tokens.</param>
/// <param name="Score">Cosine or dot product (larger is nearer), or Euclidean distance (smaller is nearer).</param>
/// <param name="Metric">Which of these.</param>
/// <param name="Model">The name of the model, or of the file of vectors.</param>
public sealed record NearWord(string Text, int Index, int Rank, string Word, int? Id, double Score, VectorMetric Metric, string Model)
{
    /// <summary>The word that was found.</summary>
    public override string ToString() => Word;
}
