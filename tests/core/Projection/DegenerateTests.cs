using Gptx.Projection;

namespace Gptx.Tests.Projection;

/// <summary>Points that no method is made for: each is laid out in finite numbers, or refused with the value and its range.</summary>
public class DegenerateTests
{
    [Fact]
    [Trait("Category", "Golden")]
    public void Every_degenerate_case_is_answered_or_refused()
    {
        var golden = new GoldenProjection();
        foreach (var data in golden.Degenerate)
        {
            var rows = golden.Array(data.Value, "x").Values.Chunk(golden.Array(data.Value, "x").Columns).ToArray();
            if (data.Value.TryGetProperty("must", out _))
            {
                var error = Assert.Throws<GptxException>(() => PointMatrix.FromRows(rows));
                Assert.Equal("PointNotFinite", error.ErrorId);
                Assert.Contains("row ", error.Message, StringComparison.Ordinal);
                continue;
            }

            AnsweredOrRefused(PointMatrix.FromRows(rows), data.Name);
        }
    }

    [Theory]
    [InlineData(3, 2)]
    [InlineData(40, 1)]
    [InlineData(7, 3)]
    public void So_are_few_points_and_points_of_few_numbers(int count, int width)
    {
        var random = new Random(count);
        AnsweredOrRefused(PointMatrix.FromRows([.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, width).Select(_ => random.NextDouble()).ToArray())]), $"{count} x {width}");
        AnsweredOrRefused(PointMatrix.FromRows([.. Enumerable.Range(0, count).Select(_ => new double[width])]), $"{count} x {width} zeros");
    }

    [Fact]
    public void A_point_that_is_not_finite_is_named_by_row_and_column()
    {
        var error = Assert.Throws<GptxException>(() => PointMatrix.FromRows([[1.0, 2.0], [3.0, double.NaN]]));
        Assert.Contains("row 1, column 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Equal_bits_at_any_number_of_threads()
    {
        var random = new Random(5);
        var points = PointMatrix.FromRows([.. Enumerable.Range(0, 400).Select(row => Enumerable.Range(0, 12).Select(_ => random.NextDouble() + (row % 4)).ToArray())]);
        var tsne = new TSneOptions { Iterations = 100, EarlyIterations = 50, ExactForces = 100 };
        Assert.Equal(TSne.Fit(points, tsne with { Threads = 1 }, cancellation: TestContext.Current.CancellationToken).Layout, TSne.Fit(points, tsne with { Threads = 3 }, cancellation: TestContext.Current.CancellationToken).Layout);
        var umap = new UmapOptions { Epochs = 60 };
        var (one, three) = (Umap.Fit(points, umap with { Threads = 1 }, cancellation: TestContext.Current.CancellationToken), Umap.Fit(points, umap with { Threads = 3 }, cancellation: TestContext.Current.CancellationToken));
        Assert.Equal(one.Layout, three.Layout);
        var some = points.Take([7, 8, 9]);
        Assert.Equal(one.Transform(some, cancellation: TestContext.Current.CancellationToken), three.Transform(some, cancellation: TestContext.Current.CancellationToken));
        Assert.Equal(one.Transform(points.Take([8]), cancellation: TestContext.Current.CancellationToken)[0], one.Transform(some, cancellation: TestContext.Current.CancellationToken)[1]);
        Assert.NotEqual(one.Layout, Umap.Fit(points, umap with { Seed = 7 }, cancellation: TestContext.Current.CancellationToken).Layout);
    }

    [Fact]
    public void A_projection_stops_when_it_is_told_to()
    {
        var random = new Random(6);
        var points = PointMatrix.FromRows([.. Enumerable.Range(0, 300).Select(_ => Enumerable.Range(0, 5).Select(_ => random.NextDouble()).ToArray())]);
        using var stop = new CancellationTokenSource();
        var progress = new StopAt(stop);
        Assert.ThrowsAny<OperationCanceledException>(() => TSne.Fit(points, new TSneOptions { Iterations = 1_000_000 }, progress, stop.Token));
    }

    private static void AnsweredOrRefused(PointMatrix points, string name)
    {
        var components = PrincipalComponents.Fit(points);
        AssertFinite(components.Transform(points, Math.Min(2, components.Components.Count), whiten: true), name);
        foreach (var metric in Enum.GetValues<ProjectionMetric>())
        {
            Run(name, () => TSne.Fit(points, new TSneOptions { Metric = metric, Iterations = 200 }).Layout);
            Run(name, () => TSne.Fit(points, new TSneOptions { Metric = metric, Iterations = 200, Perplexity = 2, Dimensions = 3 }).Layout);
            Run(name, () => Umap.Fit(points, new UmapOptions { Metric = metric }).Layout);
            Run(name, () => Umap.Fit(points, new UmapOptions { Metric = metric, Neighbors = 3, Dimensions = 3 }).Layout);
            Run(name, () => Umap.Fit(points, new UmapOptions { Metric = metric, Neighbors = 3 }).Transform(points));
            Run(name, () => TSne.Fit(points, new TSneOptions { Metric = metric, Iterations = 50, Perplexity = 2 }).Transform(points));
        }
    }

    private static void Run(string name, Func<double[][]> layout)
    {
        try
        {
            AssertFinite(layout(), name);
        }
        catch (GptxException error)
        {
            Assert.Contains(error.ErrorId, (string[])["OptionOutOfRange", "PointsTooFew"]);
            Assert.Matches(@"\d", error.Message);
        }
    }

    private static void AssertFinite(double[][] layout, string name) =>
        Assert.True(layout.All(row => row.All(double.IsFinite)), $"{name}: the layout has a number that is not finite");

    private sealed class StopAt(CancellationTokenSource stop) : IProgress<ProjectionProgress>
    {
        public void Report(ProjectionProgress value)
        {
            if (value is { Stage: ProjectionStage.Layout, Done: 20 })
            {
                stop.Cancel();
            }
        }
    }
}
