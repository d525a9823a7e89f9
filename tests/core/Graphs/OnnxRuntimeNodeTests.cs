using System.Text.Json;
using Gptx.Activations;
using Gptx.Checkpoints;
using Gptx.Inference;
using Gptx.Tests.Inference;

namespace Gptx.Tests.Graphs;

/// <summary>A graph saved beside its checkpoint opens in another build of ONNX Runtime, out of npm, and gives the same numbers.</summary>
[Trait("Category", "Node")]
public class OnnxRuntimeNodeTests(ITestOutputHelper output)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ElementType.Float32)]
    [InlineData(ElementType.Float16)]
    public void A_saved_graph_runs_in_onnxruntime_node(ElementType stored)
    {
        var modules = NodeRuntime.FindModules();
        using var checkpoint = new RandomGpt2(new Gpt2Recipe { StoredAs = stored, Seed = 71 });
        using var model = checkpoint.Load();
        var ids = checkpoint.Rows(11)[0];
        foreach (var selection in (ActivationSelection[])[new("logits"), new("embed"), ActivationSelection.All])
        {
            var path = Save(model, selection);
            using var result = JsonDocument.Parse(NodeRuntime.Run(modules, Script, path, string.Join(',', ids)));
            using var values = model.Run([ids], selection, Cancellation);
            Assert.Equal(values.Names, result.RootElement.EnumerateObject().Select(value => value.Name));
            var worst = 0.0;
            foreach (var value in result.RootElement.EnumerateObject())
            {
                Assert.Equal(values[value.Name].Shape, value.Value.GetProperty("shape").Deserialize<int[]>()!);
                float[] numbers = [.. value.Value.GetProperty("values").EnumerateArray().Select(number => number.ValueKind == JsonValueKind.String ? float.NegativeInfinity : number.GetSingle())];
                worst = Math.Max(worst, Closeness.Largest(numbers, values[value.Name].Values.Span));
            }

            output.WriteLine($"{stored} {string.Join(' ', selection.Patterns)}: {values.Names.Count} outputs, largest difference {worst:e2} of the largest value");
            Assert.InRange(worst, 0, 1e-5);
        }
    }

    private static string Script => Path.Join(GoldenRoot.RepositoryRoot, "tests", "core", "Graphs", "run-onnx.cjs");

    private static string Save(LanguageModel model, ActivationSelection selection)
    {
        var path = Path.Join(model.Folder, "graph.onnx");
        using var file = File.Create(path);
        model.ToOnnx(selection).WriteTo(file);
        return path;
    }
}
