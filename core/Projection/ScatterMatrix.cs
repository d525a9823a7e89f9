using MathNet.Numerics.LinearAlgebra;

namespace Gptx.Projection;

/// <summary>
/// Products of centred points with each other: of columns with columns (the covariance times n - 1), or of rows with rows (Gram) where points are fewer than
/// dimensions. Points are centred first, so that nothing is lost to a distance from the origin.
/// </summary>
internal static class ScatterMatrix
{
    private const int PointsOfChunk = 256;
    private const int Block = 16;

    /// <summary>width x width: the sum over points of the products of two columns.</summary>
    public static Matrix<double> OfColumns(PointMatrix centred, RowLoop loop)
    {
        var sums = Matrix<double>.Build.Dense(centred.Width, centred.Width);
        for (var first = 0; first < centred.Count; first += PointsOfChunk)
        {
            Add(Transposed(centred, first, Math.Min(PointsOfChunk, centred.Count - first)), sums, loop);
        }

        return sums;
    }

    /// <summary>count x count: the products of points.</summary>
    public static Matrix<double> OfRows(PointMatrix centred, RowLoop loop)
    {
        var sums = Matrix<double>.Build.Dense(centred.Count, centred.Count);
        Add(centred, sums, loop);
        return sums;
    }

    private static void Add(PointMatrix rows, Matrix<double> sums, RowLoop loop) => loop.Run(rows.Count, Block, (first, end) =>
    {
        var products = new double[PairDistances<Product>.Tile * rows.Count];
        var tile = new double[PairDistances<Product>.Tile * rows.Stride];
        for (var row = first; row < end; row += PairDistances<Product>.Tile)
        {
            var taken = Math.Min(PairDistances<Product>.Tile, end - row);
            rows.Values.AsSpan(row * rows.Stride, taken * rows.Stride).CopyTo(tile);
            PairDistances<Product>.Four(tile, rows.Values, rows.Stride, rows.Count, products);
            for (var place = 0; place < taken * rows.Count; place++)
            {
                sums[row + (place / rows.Count), place % rows.Count] += products[place];
            }
        }
    });

    private static PointMatrix Transposed(PointMatrix points, int first, int count)
    {
        var columns = new PointMatrix(points.Width, count);
        for (var point = 0; point < count; point++)
        {
            var row = points.Row(first + point);
            for (var column = 0; column < row.Length; column++)
            {
                columns.Values[(column * columns.Stride) + point] = row[column];
            }
        }

        return columns;
    }
}
