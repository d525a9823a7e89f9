using System.Numerics.Tensors;

namespace Gptx.Embeddings;

/// <summary>Vectors of length 1.</summary>
public static class UnitVector
{
    /// <summary>A vector scaled to length 1; a zero vector stays zero. The length is taken in float64, so that no square overflows.</summary>
    public static float[] Of(ReadOnlySpan<float> vector)
    {
        var wide = new double[vector.Length];
        TensorPrimitives.ConvertChecked<float, double>(vector, wide);
        var length = TensorPrimitives.Norm<double>(wide);
        return length == 0 ? vector.ToArray() : Array.ConvertAll(wide, value => (float)(value / length));
    }
}
