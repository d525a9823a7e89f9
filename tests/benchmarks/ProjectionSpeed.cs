using System.Diagnostics;
using Gptx.Checkpoints;
using Gptx.Projection;

namespace Gptx.Benchmarks;

/// <summary>PCA, t-SNE and UMAP of the golden data sets (GPTX_GOLDEN, or ../shared/golden) at 1 and 2 threads, beside scikit-learn and umap-learn in the same run.</summary>
public static class ProjectionSpeed
{
    private static readonly string[] Sets = ["digits", "words"];

    /// <summary>A row a measurement.</summary>
    public static IEnumerable<Measurement> Measure()
    {
        var root = Path.Join(Environment.GetEnvironmentVariable("GPTX_GOLDEN") is { Length: > 0 } given ? given : "../shared/golden", "projection");
        var folder = Directory.CreateTempSubdirectory("gptx-projection").FullName;
        try
        {
            foreach (var set in Sets.Where(set => Directory.Exists(Path.Join(root, set))))
            {
                var copy = Path.Join(folder, set + ".npy");
                File.Copy(Path.Join(root, set, "X.npy"), copy);
                foreach (var measurement in Measure(set, copy))
                {
                    yield return measurement;
                }
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<Measurement> Measure(string set, string path)
    {
        var matrix = NpyMatrix.Read(path);
        var points = PointMatrix.FromRows([.. matrix.Values.Chunk(matrix.Columns)]);
        Umap.Fit(points.Take([.. Enumerable.Range(0, 200)]), new UmapOptions());
        foreach (var threads in new[] { 1, 2 })
        {
            var peers = Peers.Run("projection", path, $"{threads}");
            var methods = new (string Name, Func<double[][]> Run)[]
            {
                ("pca", () => PrincipalComponents.Fit(points, threads).Transform(points, 2)),
                ("tsne", () => TSne.Fit(points, new TSneOptions { Threads = threads }).Layout),
                ("umap", () => Umap.Fit(points, new UmapOptions { Threads = threads }).Layout),
            };
            foreach (var (name, run) in methods)
            {
                var watch = Stopwatch.StartNew();
                var layout = PointMatrix.FromRows(run());
                var seconds = watch.Elapsed.TotalSeconds;
                var title = $"{name} of {set} ({points.Count} x {points.Width}), {threads} thread{(threads == 1 ? "" : "s")}";
                yield return new Measurement(title, seconds, "s");
                yield return new Measurement($"{title}, trustworthiness(12)", RankQuality.Trustworthiness(points, layout, 12), "");
                if (peers.TryGetValue(name, out var theirs))
                {
                    var other = NpyMatrix.Read(Path.ChangeExtension(path, null) + $"-{name}.npy");
                    yield return new Measurement($"{title}, peer", theirs, "s");
                    yield return new Measurement($"{title}, peer, trustworthiness(12)", RankQuality.Trustworthiness(points, PointMatrix.FromRows([.. other.Values.Chunk(other.Columns)]), 12), "");
                }
            }
        }
    }
}
