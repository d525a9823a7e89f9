namespace Gptx.Projection;

/// <summary>Points less their mean, divided by a number where their squares would not fit into a float64.</summary>
/// <param name="Points">The centred points.</param>
/// <param name="Mean">Their mean, in their own units.</param>
/// <param name="Scale">What the centred points were divided by; 1 as a rule.</param>
internal sealed record CentredPoints(PointMatrix Points, double[] Mean, double Scale)
{
    public static CentredPoints Of(PointMatrix points)
    {
        var mean = new double[points.Width];
        for (var row = 0; row < points.Count; row++)
        {
            var values = points.Row(row);
            for (var column = 0; column < mean.Length; column++)
            {
                // A running mean: no sum that could overflow.
                mean[column] += (values[column] - mean[column]) / (row + 1);
            }
        }

        var (centred, largest) = (new PointMatrix(points.Count, points.Width), 0.0);
        for (var row = 0; row < points.Count; row++)
        {
            var values = points.Row(row);
            var target = centred.MutableRow(row);
            for (var column = 0; column < mean.Length; column++)
            {
                target[column] = values[column] - mean[column];
                largest = Math.Max(largest, Math.Abs(target[column]));
            }
        }

        var scale = largest is > 1e100 or < 1e-100 && largest > 0 ? largest : 1;
        if (scale != 1)
        {
            for (var place = 0; place < centred.Values.Length; place++)
            {
                centred.Values[place] /= scale;
            }
        }

        return new CentredPoints(centred, mean, scale);
    }
}
