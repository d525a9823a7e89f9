using Gptx.Embeddings;

namespace Gptx.Tests.Embeddings;

/// <summary>The metrics as their definitions say, one number after another.</summary>
internal static class PlainScore
{
    public static double Of(VectorMetric metric, float[] a, float[] b) => metric switch
    {
        VectorMetric.Dot => Dot(a, b),
        VectorMetric.Euclidean => Math.Sqrt(a.Zip(b, (x, y) => ((double)x - y) * ((double)x - y)).Sum()),
        _ => Dot(a, a) == 0 || Dot(b, b) == 0 ? 0 : Dot(a, b) / Math.Sqrt(Dot(a, a)) / Math.Sqrt(Dot(b, b)),
    };

    private static double Dot(float[] a, float[] b) => a.Zip(b, (x, y) => (double)x * y).Sum();
}
