using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Gptx.Projection;

/// <summary>One step of a sum over the numbers of two points.</summary>
internal interface IDistanceTerm
{
    static abstract Vector<double> Add(Vector<double> sum, Vector<double> a, Vector<double> b);
}

/// <summary>(a - b)^2.</summary>
internal readonly struct SquaredDifference : IDistanceTerm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Add(Vector<double> sum, Vector<double> a, Vector<double> b)
    {
        var difference = a - b;
        return Vector.FusedMultiplyAdd(difference, difference, sum);
    }
}

/// <summary>a b.</summary>
internal readonly struct Product : IDistanceTerm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Add(Vector<double> sum, Vector<double> a, Vector<double> b) => Vector.FusedMultiplyAdd(a, b, sum);
}

/// <summary>
/// Sums over padded rows, four rows of one side against every row of another. Each pair is summed in the same order, whatever runs beside it, so a
/// distance has the same bits from either end, in any block and on any thread.
/// </summary>
internal static class PairDistances<TTerm>
    where TTerm : struct, IDistanceTerm
{
    /// <summary>The rows that <see cref="Four"/> takes at a time.</summary>
    public const int Tile = 4;

    /// <summary>Sums of four rows that follow each other with each of <paramref name="count"/> rows; sum of row r with j at [r * count + j].</summary>
    public static void Four(ReadOnlySpan<double> four, ReadOnlySpan<double> others, int stride, int count, Span<double> sums)
    {
        ref var query = ref Start(four);
        var steps = stride / Vector<double>.Count;
        for (var j = 0; j < count; j++)
        {
            ref var other = ref Unsafe.Add(ref Start(others), (nint)j * steps);
            Vector<double> s0 = default, s1 = default, s2 = default, s3 = default;
            for (var i = 0; i < steps; i++)
            {
                var b = Unsafe.Add(ref other, i);
                s0 = TTerm.Add(s0, Unsafe.Add(ref query, i), b);
                s1 = TTerm.Add(s1, Unsafe.Add(ref query, i + steps), b);
                s2 = TTerm.Add(s2, Unsafe.Add(ref query, i + (2 * steps)), b);
                s3 = TTerm.Add(s3, Unsafe.Add(ref query, i + (3 * steps)), b);
            }

            sums[j] = Vector.Sum(s0);
            sums[count + j] = Vector.Sum(s1);
            sums[(2 * count) + j] = Vector.Sum(s2);
            sums[(3 * count) + j] = Vector.Sum(s3);
        }
    }

    /// <summary>The sum of one pair of padded rows.</summary>
    public static double One(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        ref var a = ref Start(first);
        ref var b = ref Start(second);
        Vector<double> sum = default;
        for (var i = 0; i < first.Length / Vector<double>.Count; i++)
        {
            sum = TTerm.Add(sum, Unsafe.Add(ref a, i), Unsafe.Add(ref b, i));
        }

        return Vector.Sum(sum);
    }

    private static ref Vector<double> Start(ReadOnlySpan<double> values) => ref Unsafe.As<double, Vector<double>>(ref MemoryMarshal.GetReference(values));
}
