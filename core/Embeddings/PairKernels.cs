using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Gptx.Embeddings;

/// <summary>One step of a sum over pairs of numbers.</summary>
internal interface IPairTerm
{
    static abstract Vector<double> Add(Vector<double> sum, Vector<double> a, Vector<double> b);
}

/// <summary>a b: the dot product.</summary>
internal readonly struct ProductTerm : IPairTerm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Add(Vector<double> sum, Vector<double> a, Vector<double> b) => Vector.FusedMultiplyAdd(a, b, sum);
}

/// <summary>(a - b)^2: the squared distance.</summary>
internal readonly struct SquaredDifferenceTerm : IPairTerm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Add(Vector<double> sum, Vector<double> a, Vector<double> b)
    {
        Vector<double> difference = a - b;
        return Vector.FusedMultiplyAdd(difference, difference, sum);
    }
}

/// <summary>
/// Sums over pairs of vectors in float64. Each pair is summed in the same order: equal vectors give equal sums, in any batch and on any thread. Vectors are padded with zeros to
/// whole <see cref="Vector{T}"/>s.
/// </summary>
internal static class PairSums<TTerm>
    where TTerm : struct, IPairTerm
{
    /// <summary>One pair.</summary>
    public static double One(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        ref Vector<double> row = ref Start(first);
        ref Vector<double> query = ref Start(second);
        int steps = first.Length / Vector<double>.Count;
        Vector<double> sum = default;
        for (int i = 0; i < steps; i++)
        {
            sum = TTerm.Add(sum, Unsafe.Add(ref row, i), Unsafe.Add(ref query, i));
        }

        return Vector.Sum(sum);
    }

    private static ref Vector<double> Start(ReadOnlySpan<double> values) =>
        ref Unsafe.As<double, Vector<double>>(ref MemoryMarshal.GetReference(values));
}
