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
/// Sums over pairs of vectors in float64, several pairs at a time so that the processor always has an addition to do. Each pair is summed in the
/// same order whatever runs beside it: equal vectors give equal sums, in any batch and on any thread. Vectors are padded with zeros to
/// whole <see cref="Vector{T}"/>s.
/// </summary>
internal static class PairSums<TTerm>
    where TTerm : struct, IPairTerm
{
    /// <summary>Four rows with two queries: sums go to <paramref name="sums"/> as [query, row].</summary>
    public static void FourByTwo(ReadOnlySpan<double> rows, ReadOnlySpan<double> queries, int padded, Span<double> sums)
    {
        ref Vector<double> row = ref Start(rows);
        ref Vector<double> query = ref Start(queries);
        int steps = padded / Vector<double>.Count;
        Vector<double> a0 = default, a1 = default, a2 = default, a3 = default;
        Vector<double> b0 = default, b1 = default, b2 = default, b3 = default;
        for (int i = 0; i < steps; i++)
        {
            Vector<double> a = Unsafe.Add(ref query, i), b = Unsafe.Add(ref query, i + steps);
            Vector<double> r0 = Unsafe.Add(ref row, i), r1 = Unsafe.Add(ref row, i + steps);
            a0 = TTerm.Add(a0, r0, a);
            b0 = TTerm.Add(b0, r0, b);
            a1 = TTerm.Add(a1, r1, a);
            b1 = TTerm.Add(b1, r1, b);
            Vector<double> r2 = Unsafe.Add(ref row, i + (2 * steps)), r3 = Unsafe.Add(ref row, i + (3 * steps));
            a2 = TTerm.Add(a2, r2, a);
            b2 = TTerm.Add(b2, r2, b);
            a3 = TTerm.Add(a3, r3, a);
            b3 = TTerm.Add(b3, r3, b);
        }

        (sums[0], sums[1], sums[2], sums[3]) = (Vector.Sum(a0), Vector.Sum(a1), Vector.Sum(a2), Vector.Sum(a3));
        (sums[4], sums[5], sums[6], sums[7]) = (Vector.Sum(b0), Vector.Sum(b1), Vector.Sum(b2), Vector.Sum(b3));
    }

    /// <summary>Four rows with one query.</summary>
    public static void FourByOne(ReadOnlySpan<double> rows, ReadOnlySpan<double> queryVector, int padded, Span<double> sums)
    {
        ref Vector<double> row = ref Start(rows);
        ref Vector<double> query = ref Start(queryVector);
        int steps = padded / Vector<double>.Count;
        Vector<double> a0 = default, a1 = default, a2 = default, a3 = default;
        for (int i = 0; i < steps; i++)
        {
            Vector<double> a = Unsafe.Add(ref query, i);
            a0 = TTerm.Add(a0, Unsafe.Add(ref row, i), a);
            a1 = TTerm.Add(a1, Unsafe.Add(ref row, i + steps), a);
            a2 = TTerm.Add(a2, Unsafe.Add(ref row, i + (2 * steps)), a);
            a3 = TTerm.Add(a3, Unsafe.Add(ref row, i + (3 * steps)), a);
        }

        (sums[0], sums[1], sums[2], sums[3]) = (Vector.Sum(a0), Vector.Sum(a1), Vector.Sum(a2), Vector.Sum(a3));
    }

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
