using MathNet.Numerics.LinearAlgebra;

namespace Gptx.Projection;

/// <summary>
/// Singular values and right singular vectors of centred points, by the eigenvectors of the smaller of their two scatter matrices (MathNet.Numerics). Values below
/// the rounding of that, and the directions that belong to them, are zeros and some orthonormal completion.
/// </summary>
internal static class ComponentSolver
{
    private const double Rounding = 1e-15;

    public static (double[] Values, List<double[]> Vectors) Solve(PointMatrix centred, RowLoop loop)
    {
        var isTall = centred.Count >= centred.Width;
        var scatter = isTall ? ScatterMatrix.OfColumns(centred, loop) : ScatterMatrix.OfRows(centred, loop);
        loop.Cancellation.ThrowIfCancellationRequested();
        var solved = scatter.Evd(Symmetricity.Symmetric);
        var size = scatter.RowCount;
        var order = Enumerable.Range(0, size).OrderByDescending(index => solved.EigenValues[index].Real).ToArray();
        var largest = Math.Max(0, solved.EigenValues[order[0]].Real);
        var values = new double[size];
        var vectors = new List<double[]>(size);
        foreach (var index in order)
        {
            var value = solved.EigenValues[index].Real;
            if (value <= largest * Rounding || value <= 0)
            {
                break;
            }

            values[vectors.Count] = Math.Sqrt(value);
            var vector = solved.EigenVectors.Column(index).ToArray();
            vectors.Add(isTall ? vector : AcrossPoints(centred, vector));
        }

        Complete(vectors, size, centred.Width);
        return (values, vectors);
    }

    // v = X^T u / |X^T u|
    private static double[] AcrossPoints(PointMatrix centred, double[] weights)
    {
        var sum = new double[centred.Width];
        for (var row = 0; row < weights.Length; row++)
        {
            var point = centred.Row(row);
            for (var column = 0; column < sum.Length; column++)
            {
                sum[column] += weights[row] * point[column];
            }
        }

        return Scaled(sum);
    }

    // Directions without variance: unit vectors, less what the others have of them.
    private static void Complete(List<double[]> vectors, int wanted, int width)
    {
        for (var column = 0; vectors.Count < wanted; column = (column + 1) % width)
        {
            var candidate = new double[width];
            candidate[column] = 1;
            // Twice is enough (Kahan): the first pass loses digits where little is left.
            foreach (var other in vectors.Concat(vectors))
            {
                var along = Dot(candidate, other);
                for (var place = 0; place < width; place++)
                {
                    candidate[place] -= along * other[place];
                }
            }

            // Of what is missing, some unit vector has at least this much.
            if (Dot(candidate, candidate) > 0.5 * (width - vectors.Count) / width)
            {
                vectors.Add(Scaled(candidate));
            }
        }
    }

    private static double[] Scaled(double[] vector)
    {
        var length = Math.Sqrt(Dot(vector, vector));
        return Array.ConvertAll(vector, value => value / length);
    }

    private static double Dot(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var place = 0; place < a.Length; place++)
        {
            sum += a[place] * b[place];
        }

        return sum;
    }
}
