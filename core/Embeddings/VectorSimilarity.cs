namespace Gptx.Embeddings;

/// <summary>How alike two vectors are.</summary>
/// <param name="Text">What the first one is of.</param>
/// <param name="Index">Its place in the input, from 0.</param>
/// <param name="Other">What the second one is of.</param>
/// <param name="OtherIndex">Its place in the input, from 0.</param>
/// <param name="Score">Cosine or dot product (larger is nearer), or Euclidean distance (smaller is nearer).</param>
/// <param name="Metric">Which of these.</param>
/// <param name="Model">The model's name; null if not known.</param>
public sealed record VectorSimilarity(string Text, int Index, string Other, int OtherIndex, double Score, VectorMetric Metric, string? Model)
{
    /// <summary>Each vector with each that comes after it.</summary>
    /// <exception cref="GptxException"><c>TooFewVectors</c> below two; <c>WidthMismatch</c>; <c>ModelMismatch</c>; <c>VectorNotFinite</c>.</exception>
    public static IReadOnlyList<VectorSimilarity> OfPairs(IReadOnlyList<LabelledVector> vectors, VectorMetric metric = VectorMetric.Cosine)
    {
        if (vectors.Count < 2)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "TooFewVectors", $"{vectors.Count} vectors cannot be compared: give at least two");
        }

        var model = vectors.FirstOrDefault(vector => vector.Model is not null)?.Model;
        if (vectors.FirstOrDefault(vector => vector.Model is not null && vector.Model != model) is { } stranger)
        {
            throw new GptxException(
                GptxErrorKind.InvalidArgument,
                "ModelMismatch",
                $"the vector of '{stranger.Text}' is of model '{stranger.Model}', another of '{model}': vectors of two models cannot be compared");
        }

        var scores = VectorArithmetic.Similarities([.. vectors.Select(vector => vector.Vector)], metric);
        return [.. vectors.Index().SelectMany(first => vectors.Index().Skip(first.Index + 1).Select(second => new VectorSimilarity(
            first.Item.Text, first.Index, second.Item.Text, second.Index, scores[first.Index, second.Index], metric, model)))];
    }

    /// <summary>The two and their score.</summary>
    public override string ToString() => $"{Text}, {Other}: {Score:0.0000}";
}
