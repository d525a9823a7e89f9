namespace Gptx.Tests.Inference;

/// <summary>How far numbers lie from those that they should be, as a share of the largest of these; infinities must be the same.</summary>
internal static class Closeness
{
    public static double Largest(ReadOnlySpan<float> actual, ReadOnlySpan<float> expected) =>
        Largest(actual, Array.ConvertAll(expected.ToArray(), value => (double)value));

    public static double Largest(ReadOnlySpan<float> actual, ReadOnlySpan<double> expected)
    {
        Assert.Equal(expected.Length, actual.Length);
        var (difference, scale) = (0.0, 0.0);
        for (var i = 0; i < actual.Length; i++)
        {
            if (double.IsInfinity(expected[i]) || float.IsInfinity(actual[i]))
            {
                difference = expected[i].Equals(actual[i]) ? difference : double.PositiveInfinity;
                continue;
            }

            scale = Math.Max(scale, Math.Abs(expected[i]));
            difference = Math.Max(difference, Math.Abs(actual[i] - expected[i])) is var larger && double.IsNaN(larger) ? double.PositiveInfinity : larger;
        }

        return difference == 0 ? 0 : difference / scale;
    }

    public static void AssertWithin(double tolerance, ReadOnlySpan<float> actual, ReadOnlySpan<float> expected, string what)
    {
        var largest = Largest(actual, expected);
        Assert.True(largest <= tolerance, $"{what}: {largest:e2} of the largest value, {tolerance:e0} is allowed");
    }
}
