using System.Text.Json;
using Gptx.Projection;

namespace Gptx.Tests.Projection;

/// <summary>What t-SNE and UMAP compute before anything moves, exactly: similarities, gradient, graph, curve.</summary>
[Trait("Category", "Golden")]
public class FirstHalfTests
{
    private static readonly RowLoop Loop = new(2, CancellationToken.None);
    private readonly GoldenProjection _golden = new();

    private JsonElement Small => _golden.Root.GetProperty("small");

    private PointMatrix Points => _golden.Points(Small, "x");

    [Fact]
    public void Similarities_have_the_perplexity_and_are_those_of_the_reference()
    {
        var tsne = Small.GetProperty("tsne");
        var (perplexity, points) = (tsne.GetProperty("perplexity").GetDouble(), MetricPoints.Of(Points, ProjectionMetric.Euclidean));
        var conditional = KlDivergence.AllPairs(points, perplexity, Loop);
        AssertClose(_golden.Array(tsne, "conditional").Values, conditional, 1e-10);
        var joint = Joint(points, perplexity);
        AssertClose(_golden.Array(tsne, "joint").Values, Dense(joint), 1e-11);
        Assert.Equal(1, joint.Values.Sum(), 1e-12);
        var betas = _golden.Array(tsne, "beta").Values;
        for (var row = 0; row < points.Count; row++)
        {
            var squared = Enumerable.Range(0, points.Count).Where(other => other != row)
                .Select(other => points.Points.Row(row).ToArray().Zip(points.Points.Row(other).ToArray(), (a, b) => (a - b) * (a - b)).Sum()).ToArray();
            Assert.Equal(betas[row], PerplexitySearch.Solve(squared, perplexity, new double[squared.Length]), 1e-8 * betas[row]);
        }
    }

    [Fact]
    public void The_gradient_is_that_of_the_reference_and_plain_descent_follows_it()
    {
        var tsne = Small.GetProperty("tsne");
        var perplexity = tsne.GetProperty("perplexity").GetDouble();
        var joint = Joint(MetricPoints.Of(Points, ProjectionMetric.Euclidean), perplexity);
        var layout = _golden.Array(tsne, "layout").Values;
        var gradient = new double[layout.Length];
        var forces = new TSneForces<double>(joint, 2, 1, angle: null, Loop);
        forces.Gradient(layout, 12, gradient);
        AssertClose(_golden.Array(tsne, "gradient_exaggerated_12").Values, gradient, 1e-10);
        forces.Gradient(layout, 1, gradient);
        AssertClose(_golden.Array(tsne, "gradient").Values, gradient, 1e-10);
        double Kl() => KlDivergence.Exact(Points, PointMatrix.FromRows([.. layout.Chunk(2)]), perplexity);
        Assert.Equal(tsne.GetProperty("kl_at_layout").GetDouble(), Kl(), 1e-9);
        var descent = tsne.GetProperty("plain_descent");
        foreach (var wanted in descent.EnumerateObject().Single(item => item.Value.ValueKind == JsonValueKind.Array).Value.EnumerateArray())
        {
            forces.Gradient(layout, 1, gradient);
            for (var place = 0; place < layout.Length; place++)
            {
                layout[place] -= descent.GetProperty("rate").GetDouble() * gradient[place];
            }

            Assert.Equal(wanted.GetDouble(), Kl(), 1e-9);
        }
    }

    [Fact]
    public void The_gradient_over_cells_and_in_float32_is_near_that_of_all_pairs()
    {
        var joint = Joint(MetricPoints.Of(Points, ProjectionMetric.Euclidean), 30);
        foreach (var (dimensions, freedom) in new[] { (2, 1.0), (3, 1.0), (2, 2.5) })
        {
            var random = new Random(3);
            var layout = Enumerable.Range(0, Points.Count * dimensions).Select(_ => random.NextDouble() * 40).ToArray();
            var (exact, cells, halves) = (new double[layout.Length], new double[layout.Length], new double[layout.Length]);
            new TSneForces<double>(joint, dimensions, freedom, angle: null, Loop).Gradient(layout, 1, exact);
            new TSneForces<double>(joint, dimensions, freedom, 0.9, Loop).Gradient(layout, 1, cells);
            new TSneForces<float>(joint, dimensions, freedom, angle: null, Loop).Gradient(layout, 1, halves);
            var length = Math.Sqrt(exact.Sum(value => value * value));
            Assert.InRange(Distance(exact, cells), 1e-12, 0.1 * length);
            Assert.InRange(Distance(exact, halves), 0, 1e-4 * length);
        }
    }

    [Fact]
    public void The_fuzzy_graph_is_that_of_umap_learn()
    {
        foreach (var wanted in Small.GetProperty("fuzzy").EnumerateObject())
        {
            var size = int.Parse(wanted.Name);
            var points = MetricPoints.Of(Points, ProjectionMetric.Euclidean);
            var nearest = NearestPoints.Among(points, size - 1, Loop);
            var fuzzy = FuzzyNeighbours.Of(nearest, points, size, isConnected: true, Loop);
            double[] Reference(string what) => _golden.Array($"small/fuzzy-{size}-{what}.npy").Values;
            AssertClose(Reference("rho"), fuzzy.Rho, 1e-4);
            AssertClose(Reference("sigma"), fuzzy.Sigma, 1e-4);
            var graph = FuzzyGraph.Of(nearest, points, size, Loop);
            Assert.Equal(wanted.Value.GetProperty("edges").GetInt32(), graph.Values.Length);
            Assert.Equal(Reference("col").Select(column => (int)column), graph.Columns);
            Assert.Equal(Reference("row").Select(row => (int)row), Enumerable.Range(0, graph.Count).SelectMany(row => Enumerable.Repeat(row, graph.Starts[row + 1] - graph.Starts[row])));
            AssertClose(Reference("value"), graph.Values, 1e-4);
        }
    }

    [Fact]
    public void The_curve_is_that_of_find_ab_params() => Assert.All(_golden.Root.GetProperty("ab").EnumerateArray(), wanted =>
    {
        var curve = DistanceCurve.Fit(wanted.GetProperty("spread").GetDouble(), wanted.GetProperty("min_dist").GetDouble());
        Assert.Equal(wanted.GetProperty("a").GetDouble(), curve.A, 1e-4);
        Assert.Equal(wanted.GetProperty("b").GetDouble(), curve.B, 1e-4);
    });

    private static SparseRows Joint(MetricPoints points, double perplexity) => PointSimilarities.Joint(
        NearestPoints.Among(points, PointSimilarities.Neighbours(perplexity, points.Count - 1), Loop), points, perplexity, Loop);

    private static double[] Dense(SparseRows rows)
    {
        var dense = new double[rows.Count * rows.Count];
        for (var row = 0; row < rows.Count; row++)
        {
            for (var entry = rows.Starts[row]; entry < rows.Starts[row + 1]; entry++)
            {
                dense[(row * rows.Count) + rows.Columns[entry]] = rows.Values[entry];
            }
        }

        return dense;
    }

    private static double Distance(double[] one, double[] other) => Math.Sqrt(one.Zip(other, (a, b) => (a - b) * (a - b)).Sum());

    private static void AssertClose(double[] wanted, double[] found, double tolerance)
    {
        Assert.Equal(wanted.Length, found.Length);
        for (var place = 0; place < wanted.Length; place++)
        {
            Assert.True(Math.Abs(wanted[place] - found[place]) <= tolerance, $"{found[place]} at {place}, expected {wanted[place]}");
        }
    }
}
