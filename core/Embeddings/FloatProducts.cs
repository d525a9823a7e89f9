using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Gptx.Embeddings;

/// <summary>
/// Dot products in float32, some rows with some queries at a time, so that each number that is loaded meets several others in registers. Not exact: <see cref="Error"/>
/// bounds what they may be off by.
/// </summary>
internal static class FloatProducts
{
    /// <summary>Rows of a tile.</summary>
    public const int TileRows = 4;

    /// <summary>Queries of a tile.</summary>
    public const int TileQueries = 3;

    private const double Unit = 1.0 / (1 << 24);

    /// <summary>
    /// How far a product may be off, over the product of the two norms: each number takes part in that many roundings (Higham 2002, section 3.1), and twice
    /// that for good measure.
    /// </summary>
    public static double Error(int width) => 2 * ((width / Vector<float>.Count) + (2 * Vector<float>.Count) + 4) * Unit;

    /// <summary>Four rows with three queries that follow each other; product of row r and query q at [q * 4 + r].</summary>
    public static void FourByThree(in RowTile rows, ReadOnlySpan<float> queries, int width, Span<float> products)
    {
        ref var q0 = ref MemoryMarshal.GetReference(queries);
        ref var q1 = ref Unsafe.Add(ref q0, width);
        ref var q2 = ref Unsafe.Add(ref q1, width);
        ref var r0 = ref rows.Row0;
        ref var r1 = ref rows.Row1;
        ref var r2 = ref rows.Row2;
        ref var r3 = ref rows.Row3;
        Vector<float> a0 = default, a1 = default, a2 = default, a3 = default;
        Vector<float> b0 = default, b1 = default, b2 = default, b3 = default;
        Vector<float> c0 = default, c1 = default, c2 = default, c3 = default;
        var end = width - (width % Vector<float>.Count);
        for (nuint i = 0; i < (nuint)end; i += (nuint)Vector<float>.Count)
        {
            Vector<float> a = Load(ref q0, i), b = Load(ref q1, i), c = Load(ref q2, i);
            var row = Load(ref r0, i);
            a0 = Vector.FusedMultiplyAdd(row, a, a0);
            b0 = Vector.FusedMultiplyAdd(row, b, b0);
            c0 = Vector.FusedMultiplyAdd(row, c, c0);
            row = Load(ref r1, i);
            a1 = Vector.FusedMultiplyAdd(row, a, a1);
            b1 = Vector.FusedMultiplyAdd(row, b, b1);
            c1 = Vector.FusedMultiplyAdd(row, c, c1);
            row = Load(ref r2, i);
            a2 = Vector.FusedMultiplyAdd(row, a, a2);
            b2 = Vector.FusedMultiplyAdd(row, b, b2);
            c2 = Vector.FusedMultiplyAdd(row, c, c2);
            row = Load(ref r3, i);
            a3 = Vector.FusedMultiplyAdd(row, a, a3);
            b3 = Vector.FusedMultiplyAdd(row, b, b3);
            c3 = Vector.FusedMultiplyAdd(row, c, c3);
        }

        products[0] = Vector.Sum(a0) + Rest(ref r0, ref q0, end, width);
        products[1] = Vector.Sum(a1) + Rest(ref r1, ref q0, end, width);
        products[2] = Vector.Sum(a2) + Rest(ref r2, ref q0, end, width);
        products[3] = Vector.Sum(a3) + Rest(ref r3, ref q0, end, width);
        products[4] = Vector.Sum(b0) + Rest(ref r0, ref q1, end, width);
        products[5] = Vector.Sum(b1) + Rest(ref r1, ref q1, end, width);
        products[6] = Vector.Sum(b2) + Rest(ref r2, ref q1, end, width);
        products[7] = Vector.Sum(b3) + Rest(ref r3, ref q1, end, width);
        products[8] = Vector.Sum(c0) + Rest(ref r0, ref q2, end, width);
        products[9] = Vector.Sum(c1) + Rest(ref r1, ref q2, end, width);
        products[10] = Vector.Sum(c2) + Rest(ref r2, ref q2, end, width);
        products[11] = Vector.Sum(c3) + Rest(ref r3, ref q2, end, width);
    }

    /// <summary>Four rows with one query: what is bound by reading memory.</summary>
    public static void FourByOne(in RowTile rows, ReadOnlySpan<float> query, Span<float> products)
    {
        ref var q0 = ref MemoryMarshal.GetReference(query);
        ref var r0 = ref rows.Row0;
        ref var r1 = ref rows.Row1;
        ref var r2 = ref rows.Row2;
        ref var r3 = ref rows.Row3;
        Vector<float> a0 = default, a1 = default, a2 = default, a3 = default;
        Vector<float> b0 = default, b1 = default, b2 = default, b3 = default;
        var (width, two) = (query.Length, 2 * Vector<float>.Count);
        var end = width - (width % two);
        for (nuint i = 0; i < (nuint)end; i += (nuint)two)
        {
            var next = i + (nuint)Vector<float>.Count;
            Vector<float> a = Load(ref q0, i), b = Load(ref q0, next);
            a0 = Vector.FusedMultiplyAdd(Load(ref r0, i), a, a0);
            b0 = Vector.FusedMultiplyAdd(Load(ref r0, next), b, b0);
            a1 = Vector.FusedMultiplyAdd(Load(ref r1, i), a, a1);
            b1 = Vector.FusedMultiplyAdd(Load(ref r1, next), b, b1);
            a2 = Vector.FusedMultiplyAdd(Load(ref r2, i), a, a2);
            b2 = Vector.FusedMultiplyAdd(Load(ref r2, next), b, b2);
            a3 = Vector.FusedMultiplyAdd(Load(ref r3, i), a, a3);
            b3 = Vector.FusedMultiplyAdd(Load(ref r3, next), b, b3);
        }

        products[0] = Vector.Sum(a0 + b0) + Rest(ref r0, ref q0, end, width);
        products[1] = Vector.Sum(a1 + b1) + Rest(ref r1, ref q0, end, width);
        products[2] = Vector.Sum(a2 + b2) + Rest(ref r2, ref q0, end, width);
        products[3] = Vector.Sum(a3 + b3) + Rest(ref r3, ref q0, end, width);
    }

    private static float Rest(ref float row, ref float query, int from, int width)
    {
        var sum = 0f;
        for (var i = from; i < width; i++)
        {
            sum += Unsafe.Add(ref row, i) * Unsafe.Add(ref query, i);
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Load(ref float values, nuint index) => Vector.LoadUnsafe(ref values, index);
}

/// <summary>Four rows, where they lie.</summary>
internal readonly ref struct RowTile(ref float row0, ref float row1, ref float row2, ref float row3)
{
    public readonly ref float Row0 = ref row0;
    public readonly ref float Row1 = ref row1;
    public readonly ref float Row2 = ref row2;
    public readonly ref float Row3 = ref row3;
}
