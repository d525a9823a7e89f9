using System.Numerics;

namespace Gptx.Projection;

/// <summary>
/// Points as float64 rows, one a point. Rows are padded with zeros to whole <see cref="Vector{T}"/>s, so that sums over them need no remainder.
/// Every number is finite: what is not is refused when the matrix is made.
/// </summary>
public sealed class PointMatrix
{
    private readonly double[] _values;

    /// <summary>A matrix of zeros.</summary>
    internal PointMatrix(int count, int width)
    {
        Count = count;
        Width = width;
        Stride = (width + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count;
        if ((long)count * Stride > Array.MaxLength)
        {
            throw ProjectionError.Refuse("PointsTooMany", $"{count} points of {width} numbers do not fit: at most {Array.MaxLength / Stride} of this width do");
        }

        _values = new double[count * Stride];
    }

    /// <summary>The points.</summary>
    public int Count { get; }

    /// <summary>The numbers of a point.</summary>
    public int Width { get; }

    /// <summary>From one row to the next, in numbers.</summary>
    internal int Stride { get; }

    /// <summary>All rows with their padding.</summary>
    internal double[] Values => _values;

    /// <summary>Points from rows of float32, which are copied and widened.</summary>
    /// <exception cref="GptxException">InvalidArgument: <c>PointsMissing</c>, <c>PointWidth</c>, <c>PointNotFinite</c> with row and column.</exception>
    public static PointMatrix FromRows(IReadOnlyList<float[]> rows) => Filled(rows, row => row.Length, (row, target) =>
    {
        for (var column = 0; column < row.Length; column++)
        {
            target[column] = row[column];
        }
    });

    /// <summary>Points from rows of float64, which are copied.</summary>
    /// <exception cref="GptxException">InvalidArgument: <c>PointsMissing</c>, <c>PointWidth</c>, <c>PointNotFinite</c> with row and column.</exception>
    public static PointMatrix FromRows(IReadOnlyList<double[]> rows) => Filled(rows, row => row.Length, (row, target) => row.CopyTo(target));

    /// <summary>The numbers of a point.</summary>
    public ReadOnlySpan<double> Row(int index) => _values.AsSpan(index * Stride, Width);

    /// <summary>Some of the points, in the order that is given.</summary>
    public PointMatrix Take(IReadOnlyList<int> rows)
    {
        var taken = new PointMatrix(rows.Count, Width);
        for (var place = 0; place < rows.Count; place++)
        {
            Row(rows[place]).CopyTo(taken.MutableRow(place));
        }

        return taken;
    }

    internal Span<double> MutableRow(int index) => _values.AsSpan(index * Stride, Width);

    private static PointMatrix Filled<T>(IReadOnlyList<T> rows, Func<T, int> width, CopyRow<T> copy)
    {
        if (rows.Count == 0 || width(rows[0]) == 0)
        {
            throw ProjectionError.Refuse("PointsMissing", $"{rows.Count} points of no numbers are not allowed: there must be at least one point of at least one number");
        }

        var matrix = new PointMatrix(rows.Count, width(rows[0]));
        for (var row = 0; row < rows.Count; row++)
        {
            if (width(rows[row]) != matrix.Width)
            {
                throw ProjectionError.Refuse("PointWidth", $"row {row} has {width(rows[row])} numbers, row 0 has {matrix.Width}: all must have as many");
            }

            var target = matrix.MutableRow(row);
            copy(rows[row], target);
            CheckFinite(target, row);
        }

        return matrix;
    }

    private static void CheckFinite(ReadOnlySpan<double> values, int row)
    {
        for (var column = 0; column < values.Length; column++)
        {
            if (!double.IsFinite(values[column]))
            {
                throw ProjectionError.Refuse("PointNotFinite", $"row {row}, column {column} (both from 0) is {values[column]}: every number must be finite");
            }
        }
    }

    private delegate void CopyRow<in T>(T row, Span<double> target);
}
