using System.Numerics;
using System.Numerics.Tensors;

namespace Gptx.Embeddings;

/// <summary>Float32 vectors as float64, each padded with zeros to whole SIMD vectors: what the sums run over.</summary>
internal sealed class PaddedVectors
{
    private readonly double[] _values;
    private readonly int _width;

    public PaddedVectors(int count, int width)
    {
        Count = count;
        _width = width;
        Padded = (width + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count;
        _values = new double[(long)count * Padded];
    }

    public int Count { get; }

    /// <summary>The numbers from one vector to the next.</summary>
    public int Padded { get; }

    public static PaddedVectors Of(ReadOnlySpan<float> vector)
    {
        var one = new PaddedVectors(1, vector.Length);
        one.Set(0, vector);
        return one;
    }

    public void Set(int index, ReadOnlySpan<float> vector) =>
        TensorPrimitives.ConvertTruncating(vector, _values.AsSpan(index * Padded, _width));

    public ReadOnlySpan<double> From(int index, int count = 1) => _values.AsSpan(index * Padded, count * Padded);
}
