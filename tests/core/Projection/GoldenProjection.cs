using System.Text.Json;
using Gptx.Checkpoints;
using Gptx.Projection;

namespace Gptx.Tests.Projection;

/// <summary>The reference data of projections: what <c>reference.json</c> lists, and its arrays.</summary>
internal sealed class GoldenProjection
{
    private readonly string _folder = GoldenRoot.Folder("projection");

    public GoldenProjection()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Join(_folder, "reference.json")));
        Root = document.RootElement.Clone();
    }

    public JsonElement Root { get; }

    public IEnumerable<JsonProperty> DataSets => Root.GetProperty("datasets").EnumerateObject();

    public IEnumerable<JsonProperty> Degenerate => Root.GetProperty("degenerate").EnumerateObject();

    public NpyMatrix Array(JsonElement owner, string name) => Array(owner.GetProperty(name).GetString()!);

    public NpyMatrix Array(string path) => NpyMatrix.Read(Path.Join(_folder, path));

    public PointMatrix Points(JsonElement owner, string name) => Points(Array(owner, name));

    public static PointMatrix Points(NpyMatrix array) => PointMatrix.FromRows([.. array.Values.Chunk(array.Columns)]);

    public int[] Integers(JsonElement owner, string name) => [.. Array(owner, name).Values.Select(value => (int)value)];

    /// <summary>Numbers of a list, with NaN for null.</summary>
    public static double[] Numbers(JsonElement list) =>
        [.. list.EnumerateArray().Select(value => value.ValueKind == JsonValueKind.Null ? double.NaN : value.GetDouble())];

    /// <summary>The metric that ranks of the input are taken by.</summary>
    public static ProjectionMetric Metric(JsonElement layout) => layout.TryGetProperty("input_metric", out var name) && name.GetString() == "cosine"
        ? ProjectionMetric.Cosine
        : ProjectionMetric.Euclidean;

    /// <summary>Checks trustworthiness at every k of the reference: at least its own less 0.005.</summary>
    public static void AssertTrustworthy(PointMatrix points, PointMatrix layout, JsonElement reference, string name)
    {
        foreach (var wanted in reference.GetProperty("trustworthiness").EnumerateObject())
        {
            var found = RankQuality.Trustworthiness(points, layout, int.Parse(wanted.Name), Metric(reference));
            Assert.True(found >= wanted.Value.GetDouble() - 0.005, $"{name}: trustworthiness({wanted.Name}) is {found:0.0000}, the reference's {wanted.Value.GetDouble():0.0000}");
        }
    }
}
