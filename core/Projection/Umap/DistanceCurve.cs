namespace Gptx.Projection;

/// <summary>
/// How near points of a layout are to be: 1 / (1 + a d^(2b)), fitted by least squares to 1 below min dist and exp(-(d - min dist) / spread) above, at 300 places from
/// 0 to 3 spread (as umap-learn's <c>find_ab_params</c>); by Levenberg and Marquardt's method.
/// </summary>
public readonly record struct DistanceCurve(double A, double B)
{
    private const int Places = 300;
    private const int MostSteps = 500;

    /// <summary>The curve for a spread and a least distance.</summary>
    public static DistanceCurve Fit(double spread, double minDistance)
    {
        // b does not change with the scale, and a only by a power of it; fitted at spread 1 nothing can overflow.
        var (places, wanted) = Wanted(minDistance / spread);
        var (a, b, damping) = (1.0, 1.0, 1e-3);
        var error = Error(a, b, places, wanted);
        for (var step = 0; step < MostSteps && damping < 1e12; step++)
        {
            var (da, db) = Move(a, b, damping, places, wanted);
            var next = a + da > 0 && b + db > 0 ? Error(a + da, b + db, places, wanted) : double.PositiveInfinity;
            if (next >= error)
            {
                damping *= 10;
                continue;
            }

            var isSettled = error - next <= 1e-15 * error;
            (a, b, error, damping) = (a + da, b + db, next, damping / 10);
            if (isSettled)
            {
                break;
            }
        }

        return new DistanceCurve(a / Math.Pow(spread, 2 * b), b);
    }

    private static (double[] Places, double[] Wanted) Wanted(double minDistance)
    {
        var (places, wanted) = (new double[Places], new double[Places]);
        for (var place = 0; place < Places; place++)
        {
            places[place] = 3.0 * place / (Places - 1);
            wanted[place] = places[place] < minDistance ? 1 : Math.Exp(minDistance - places[place]);
        }

        return (places, wanted);
    }

    private static double Error(double a, double b, double[] places, double[] wanted) =>
        places.Zip(wanted, (x, y) => Math.Pow((1 / (1 + (a * Math.Pow(x, 2 * b)))) - y, 2)).Sum();

    // The step that solves (J^T J + damping diag) step = -J^T r.
    private static (double A, double B) Move(double a, double b, double damping, double[] places, double[] wanted)
    {
        var (aa, ab, bb, ra, rb) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (var place = 1; place < Places; place++)
        {
            var power = Math.Pow(places[place], 2 * b);
            var value = 1 / (1 + (a * power));
            var byA = -power * value * value;
            var byB = byA * 2 * a * Math.Log(places[place]);
            var rest = value - wanted[place];
            (aa, ab, bb) = (aa + (byA * byA), ab + (byA * byB), bb + (byB * byB));
            (ra, rb) = (ra + (byA * rest), rb + (byB * rest));
        }

        (aa, bb) = (aa * (1 + damping), bb * (1 + damping));
        var determinant = (aa * bb) - (ab * ab);
        return determinant == 0 ? (0, 0) : (((ab * rb) - (bb * ra)) / determinant, ((ab * ra) - (aa * rb)) / determinant);
    }
}
