using System.Text.Json;
using Gptx.Projection;

namespace Gptx.Tests.Projection;

/// <summary>Principal components against scikit-learn's, and what holds of any.</summary>
public class PrincipalComponentsTests
{
    [Fact]
    [Trait("Category", "Golden")]
    public void Components_variances_and_projections_are_those_of_the_reference()
    {
        var golden = new GoldenProjection();
        var count = 0;
        foreach (var data in golden.DataSets.Concat(golden.Degenerate))
        {
            if (data.Value.TryGetProperty("pca", out var wanted) && wanted.ValueKind == JsonValueKind.Object)
            {
                Check(wanted, golden.Points(data.Value, "x"), data.Name);
                count++;
            }
        }

        Assert.True(count > 0, "the reference has no case");
    }

    [Fact]
    public void More_dimensions_than_points_and_one_point_alone()
    {
        var random = new Random(1);
        var wide = PrincipalComponents.Fit(PointMatrix.FromRows(Rows(random, 5, 40)), cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(5, wide.Components.Count);
        Assert.All(Enumerable.Range(0, 5), one => Assert.All(Enumerable.Range(0, 5), other =>
            Assert.Equal(one == other ? 1 : 0, wide.Components[one].Zip(wide.Components[other], (a, b) => a * b).Sum(), 1e-10)));
        Assert.Equal(1, wide.ExplainedVarianceRatio.Sum(), 1e-12);

        var one = PrincipalComponents.Fit(PointMatrix.FromRows([[1.0, 2.0, 3.0]]), cancellation: TestContext.Current.CancellationToken);
        Assert.Equal([1, 0, 0], one.Components[0]);
        Assert.True(double.IsNaN(one.ExplainedVariance[0]));
    }

    [Fact]
    public void Equal_bits_at_any_number_of_threads_and_numbers_whose_squares_overflow()
    {
        double[][] rows = [.. Rows(new Random(2), 700, 30)];
        var points = PointMatrix.FromRows(rows);
        Assert.Equal(PrincipalComponents.Fit(points, 1, cancellation: TestContext.Current.CancellationToken).Transform(points, 3), PrincipalComponents.Fit(points, 3, cancellation: TestContext.Current.CancellationToken).Transform(points, 3));
        var huge = PrincipalComponents.Fit(PointMatrix.FromRows([.. rows.Select(row => row.Select(value => value * 1e200).ToArray())]), cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(PrincipalComponents.Fit(points, cancellation: TestContext.Current.CancellationToken).ExplainedVarianceRatio[0], huge.ExplainedVarianceRatio[0], 1e-9);
    }

    private static void Check(JsonElement wanted, PointMatrix points, string name)
    {
        var found = PrincipalComponents.Fit(points);
        var ratios = GoldenProjection.Numbers(wanted.GetProperty("explained_variance_ratio"));
        var variances = GoldenProjection.Numbers(wanted.GetProperty("explained_variance"));
        Assert.Equal(ratios.Length, found.Components.Count);
        AssertClose(GoldenProjection.Numbers(wanted.GetProperty("mean")), found.Mean, 1e-9, name);
        bool Counts(int component) => ratios[component] > 1e-9
            && (component == 0 || ratios[component - 1] - ratios[component] > 1e-9)
            && (component + 1 == ratios.Length || ratios[component] - ratios[component + 1] > 1e-9);
        for (var component = 0; component < ratios.Length; component++)
        {
            if (double.IsNaN(ratios[component]))
            {
                Assert.True(double.IsNaN(found.ExplainedVarianceRatio[component]), name);
            }
            else
            {
                Assert.Equal(ratios[component], found.ExplainedVarianceRatio[component], 1e-9);
                Assert.Equal(variances[component], found.ExplainedVariance[component], 1e-9 * Math.Max(variances[0], double.Epsilon));
            }
        }

        var first = points.Take([.. Enumerable.Range(0, Math.Min(5, points.Count))]);
        foreach (var (component, values) in wanted.GetProperty("components").EnumerateArray().Index().Where(item => Counts(item.Index)))
        {
            AssertClose(GoldenProjection.Numbers(values), found.Components[component], 1e-7, name);
            AssertColumn(wanted.GetProperty("projected_first_rows"), found.Transform(first, component + 1), component, 1e-7 * Math.Sqrt(variances[0]), name);
            AssertColumn(wanted.GetProperty("whitened_first_rows"), found.Transform(first, component + 1, whiten: true), component, 1e-6, name);
        }
    }

    private static void AssertColumn(JsonElement rows, double[][] found, int column, double tolerance, string name) => AssertClose(
        [.. rows.EnumerateArray().Select(row => GoldenProjection.Numbers(row)[column])], [.. found.Select(row => row[column])], tolerance, name);

    private static void AssertClose(IReadOnlyList<double> wanted, IReadOnlyList<double> found, double tolerance, string name)
    {
        Assert.Equal(wanted.Count, found.Count);
        for (var place = 0; place < wanted.Count; place++)
        {
            Assert.True(Math.Abs(wanted[place] - found[place]) <= tolerance * Math.Max(1, Math.Abs(wanted[place])), $"{name}: {found[place]} at {place}, expected {wanted[place]}");
        }
    }

    private static double[][] Rows(Random random, int count, int width) =>
        [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, width).Select(_ => random.NextDouble()).ToArray())];
}
