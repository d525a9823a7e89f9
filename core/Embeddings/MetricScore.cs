namespace Gptx.Embeddings;

/// <summary>From a sum over pairs and two norms to a score.</summary>
internal static class MetricScore
{
    public static double From(VectorMetric metric, double sum, double norm, double otherNorm) => metric switch
    {
        VectorMetric.Dot => sum,
        VectorMetric.Euclidean => Math.Sqrt(sum),
        _ => norm == 0 || otherNorm == 0 ? 0 : Math.Clamp(sum / (norm * otherNorm), -1, 1),
    };

    /// <summary>The Euclidean norm. float64 holds the square of any float32, so nothing overflows or vanishes.</summary>
    public static double Norm(ReadOnlySpan<double> vector) => Math.Sqrt(PairSums<ProductTerm>.One(vector, vector));

    public static double Of(VectorMetric metric, ReadOnlySpan<double> a, ReadOnlySpan<double> b) => metric == VectorMetric.Euclidean
        ? From(metric, PairSums<SquaredDifferenceTerm>.One(a, b), 0, 0)
        : From(metric, PairSums<ProductTerm>.One(a, b), Norm(a), Norm(b));
}
