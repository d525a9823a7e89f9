using System.Text.Json;
using Gptx.Projection;

namespace Gptx.Tests.Projection;

/// <summary>Layouts of t-SNE and UMAP measured beside those of scikit-learn, openTSNE and umap-learn: as faithful, by the reference's own measures.</summary>
[Trait("Category", "Golden")]
public class LayoutQualityTests
{
    private readonly GoldenProjection _golden = new();

    [Fact]
    public void The_measures_are_those_of_the_reference_on_its_own_layouts()
    {
        foreach (var (name, data, points) in DataSets())
        {
            var labels = _golden.Integers(data, "labels");
            Assert.Equal(data.GetProperty("input").GetProperty("knn_accuracy").GetDouble(), LabelAccuracy.LeaveOneOut(points, labels), 1e-9);
            // One layout of each tool is enough: the measures are the same.
            foreach (var layout in data.GetProperty("layouts").EnumerateObject().DistinctBy(layout => layout.Name.Split('-')[0] + GoldenProjection.Metric(layout.Value)))
            {
                CheckMeasures(points, _golden.Points(layout.Value, "layout"), layout.Value, labels, $"{name} {layout.Name}");
            }
        }
    }

    [Fact]
    public void T_SNE_lays_out_as_well_as_scikit_learn_and_openTSNE()
    {
        foreach (var (name, data, points) in DataSets())
        {
            var runs = data.GetProperty("layouts").EnumerateObject().Where(layout => layout.Name.StartsWith("tsne", StringComparison.Ordinal));
            foreach (var run in runs.GroupBy(run => Options(run.Value)))
            {
                var layout = PointMatrix.FromRows(TSne.Fit(points, run.Key, cancellation: TestContext.Current.CancellationToken).Layout);
                var kl = KlDivergence.Exact(points, layout, run.Key.Perplexity, run.Key.DegreesOfFreedom, run.Key.Metric, cancellation: TestContext.Current.CancellationToken);
                foreach (var reference in run)
                {
                    var wanted = reference.Value.GetProperty("kl_exact").GetDouble();
                    Assert.True(kl <= 1.02 * wanted, $"{name} {reference.Name}: KL divergence {kl:0.0000}, the reference's {wanted:0.0000}");
                    GoldenProjection.AssertTrustworthy(points, layout, reference.Value, $"{name} {reference.Name}");
                }
            }
        }
    }

    [Fact]
    public void UMAP_lays_out_as_well_as_umap_learn()
    {
        foreach (var (name, data, points) in DataSets())
        {
            var labels = _golden.Integers(data, "labels");
            foreach (var run in data.GetProperty("layouts").EnumerateObject().Where(layout => layout.Name.StartsWith("umap", StringComparison.Ordinal)))
            {
                var options = new UmapOptions
                {
                    Neighbors = run.Value.GetProperty("n_neighbors").GetInt32(),
                    MinDistance = run.Value.GetProperty("min_dist").GetDouble(),
                    Dimensions = run.Value.GetProperty("dims").GetInt32(),
                    Metric = run.Value.GetProperty("metric").GetString() == "cosine" ? ProjectionMetric.Cosine : ProjectionMetric.Euclidean,
                };
                var layout = PointMatrix.FromRows(Umap.Fit(points, options, cancellation: TestContext.Current.CancellationToken).Layout);
                GoldenProjection.AssertTrustworthy(points, layout, run.Value, $"{name} {run.Name}");
                var (accuracy, wanted) = (LabelAccuracy.LeaveOneOut(layout, labels), run.Value.GetProperty("knn_accuracy").GetDouble());
                Assert.True(accuracy >= wanted - 0.005, $"{name} {run.Name}: label accuracy {accuracy:0.0000}, the reference's {wanted:0.0000}");
            }
        }
    }

    [Fact]
    public void New_points_land_among_their_own()
    {
        foreach (var (name, data, points) in DataSets().Where(set => set.Data.TryGetProperty("transform", out _)))
        {
            var transform = data.GetProperty("transform");
            var (train, test, labels) = (_golden.Integers(transform, "train"), _golden.Integers(transform, "test"), _golden.Integers(data, "labels"));
            var (fitted, news) = (points.Take(train), points.Take(test));
            int[] Labels(int[] rows) => [.. rows.Select(row => labels[row])];
            void Check(string run, double[][] layout, double[][] placed)
            {
                var accuracy = LabelAccuracy.OfNew(PointMatrix.FromRows(layout), Labels(train), PointMatrix.FromRows(placed), Labels(test));
                var wanted = transform.GetProperty(run).GetProperty("knn_accuracy").GetDouble();
                Assert.True(accuracy >= wanted - 0.01, $"{name} {run}: label accuracy of new points {accuracy:0.0000}, the reference's {wanted:0.0000}");
            }

            var components = PrincipalComponents.Fit(fitted, cancellation: TestContext.Current.CancellationToken);
            Check("pca-2", components.Transform(fitted, 2), components.Transform(news, 2));
            var tsne = TSne.Fit(fitted, new TSneOptions(), cancellation: TestContext.Current.CancellationToken);
            Check("tsne-opentsne-30", tsne.Layout, tsne.Transform(news, cancellation: TestContext.Current.CancellationToken));
            var umap = Umap.Fit(fitted, new UmapOptions(), cancellation: TestContext.Current.CancellationToken);
            Check("umap-15", umap.Layout, umap.Transform(news, cancellation: TestContext.Current.CancellationToken));
        }
    }

    private IEnumerable<(string Name, JsonElement Data, PointMatrix Points)> DataSets() =>
        _golden.DataSets.Select(data => (data.Name, data.Value, _golden.Points(data.Value, "x")));

    private static TSneOptions Options(JsonElement run) => new()
    {
        Perplexity = run.GetProperty("perplexity").GetDouble(),
        Dimensions = run.GetProperty("dims").GetInt32(),
        DegreesOfFreedom = run.GetProperty("degrees_of_freedom").GetDouble(),
        Metric = GoldenProjection.Metric(run),
    };

    private static void CheckMeasures(PointMatrix points, PointMatrix layout, JsonElement reference, int[] labels, string name)
    {
        var metric = GoldenProjection.Metric(reference);
        foreach (var wanted in reference.GetProperty("trustworthiness").EnumerateObject())
        {
            Assert.True(Math.Abs(wanted.Value.GetDouble() - RankQuality.Trustworthiness(points, layout, int.Parse(wanted.Name), metric)) < 1e-9, $"{name} trustworthiness");
        }

        var continuity = reference.GetProperty("continuity").EnumerateObject().First();
        Assert.Equal(continuity.Value.GetDouble(), RankQuality.Continuity(points, layout, int.Parse(continuity.Name), metric), 1e-9);
        Assert.Equal(reference.GetProperty("knn_accuracy").GetDouble(), LabelAccuracy.LeaveOneOut(layout, labels), 1e-9);
        if (reference.TryGetProperty("kl_exact", out var kl))
        {
            var freedom = reference.GetProperty("degrees_of_freedom").GetDouble();
            Assert.Equal(kl.GetDouble(), KlDivergence.Exact(points, layout, reference.GetProperty("perplexity").GetDouble(), freedom), 1e-8);
        }
    }
}
