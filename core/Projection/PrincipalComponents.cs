namespace Gptx.Projection;

/// <summary>
/// Principal component analysis (Pearson 1901, Hotelling 1933): the directions in which points vary most. Columns are centred, not scaled. In each component the
/// entry of largest absolute value is positive (the first such), so that the answer is one and the same everywhere.
/// </summary>
public sealed class PrincipalComponents
{
    private PrincipalComponents(double[] mean, IReadOnlyList<double[]> components, double[] singularValues, int points, double scale)
    {
        Mean = mean;
        Components = components;
        // The numbers were divided by scale, whose square may not be a float64.
        var scaled = Array.ConvertAll(singularValues, value => points > 1 ? value / Math.Sqrt(points - 1) : double.NaN);
        var total = scaled.Sum(value => value * value);
        SingularValues = Array.ConvertAll(singularValues, value => value * scale);
        Deviations = Array.ConvertAll(scaled, value => value * scale);
        ExplainedVariance = Array.ConvertAll(Deviations, value => value * value);
        ExplainedVarianceRatio = Array.ConvertAll(scaled, value => total > 0 ? value * value / total : double.NaN);
    }

    /// <summary>The mean of the points, subtracted before all else.</summary>
    public IReadOnlyList<double> Mean { get; }

    /// <summary>The directions, of length 1 and at right angles to each other; as many as the smaller of points and dimensions, the one of largest variance first.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Components { get; }

    /// <summary>The singular values of the centred points.</summary>
    public IReadOnlyList<double> SingularValues { get; }

    /// <summary>The variance along each component, s^2 / (n - 1); NaN for a single point.</summary>
    public IReadOnlyList<double> ExplainedVariance { get; }

    /// <summary>The variance along each component as a part of all variance; NaN where there is none at all.</summary>
    public IReadOnlyList<double> ExplainedVarianceRatio { get; }

    /// <summary>The standard deviation along each component.</summary>
    private double[] Deviations { get; }

    /// <summary>Finds the components of points.</summary>
    /// <param name="points">The points, [n, d].</param>
    /// <param name="threads">Threads; 0 is one a processor. The answer has the same bits at any number.</param>
    /// <param name="cancellation">Stops it.</param>
    public static PrincipalComponents Fit(PointMatrix points, int threads = 0, CancellationToken cancellation = default)
    {
        var centred = CentredPoints.Of(points);
        var (values, vectors) = ComponentSolver.Solve(centred.Points, new RowLoop(threads, cancellation));
        foreach (var vector in vectors)
        {
            FixSign(vector);
        }

        return new PrincipalComponents(centred.Mean, vectors, values, points.Count, centred.Scale);
    }

    /// <summary>Points along the first components, one row of <paramref name="dimensions"/> numbers a point; new points as well as those that were fitted.</summary>
    /// <param name="points">The points.</param>
    /// <param name="dimensions">How many components, 1 to the number that there are.</param>
    /// <param name="whiten">Divides by the standard deviation along each component, so that each has variance 1; 0 where it is 0.</param>
    /// <exception cref="GptxException">InvalidArgument: <c>OptionOutOfRange</c>, <c>PointWidth</c>.</exception>
    public double[][] Transform(PointMatrix points, int dimensions, bool whiten = false)
    {
        ProjectionError.CheckWidth(points, Mean.Count);
        ProjectionError.CheckRange("dims", dimensions, dimensions >= 1 && dimensions <= Components.Count, $"from 1 to {Components.Count}, the smaller of points and dimensions");
        var rows = new double[points.Count][];
        for (var row = 0; row < rows.Length; row++)
        {
            rows[row] = Coordinates(points.Row(row), dimensions, whiten);
        }

        return rows;
    }

    private double[] Coordinates(ReadOnlySpan<double> point, int dimensions, bool whiten)
    {
        var coordinates = new double[dimensions];
        for (var axis = 0; axis < dimensions; axis++)
        {
            var (sum, component) = (0.0, Components[axis]);
            for (var column = 0; column < point.Length; column++)
            {
                sum += (point[column] - Mean[column]) * component[column];
            }

            coordinates[axis] = !whiten ? sum : Deviations[axis] > 0 ? sum / Deviations[axis] : 0;
        }

        return coordinates;
    }

    private static void FixSign(double[] component)
    {
        var largest = 0;
        for (var column = 1; column < component.Length; column++)
        {
            largest = Math.Abs(component[column]) > Math.Abs(component[largest]) ? column : largest;
        }

        if (component[largest] < 0)
        {
            for (var column = 0; column < component.Length; column++)
            {
                component[column] = -component[column];
            }
        }
    }
}
