using System.Text.Json;
using Gptx.Activations;
using Gptx.Checkpoints;
using Gptx.Inference;

namespace Gptx.Tests.Inference;

/// <summary>Models in GGUF give the numbers that the reference computes from their widened weights.</summary>
[Trait("Category", "Golden")]
public class GoldenGgufModelTests(ITestOutputHelper output)
{
    private const double Tolerance = 1e-4;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Logits_and_hidden_states_are_the_references()
    {
        foreach (var path in Models())
        {
            using var golden = SafetensorsFile.Open(Path.ChangeExtension(path, ".golden.safetensors"));
            using var model = LanguageModel.Load(path);
            var ids = golden.GetTensor("input_ids");
            var rows = ids.ReadInt64s().Chunk((int)ids.Shape[1]).Select(row => Array.ConvertAll(row, id => (int)id)).ToList();
            var compared = 0;
            foreach (var (name, expected) in golden.Tensors.Where(tensor => tensor.Key != "input_ids"))
            {
                var activation = Activation(model, name);
                using var cache = model.Run(rows, new ActivationSelection(activation), Cancellation);
                var largest = Closeness.Largest(cache[activation].Values.Span, expected.ReadSingles());
                output.WriteLine($"{Path.GetFileName(path)} {name}: {largest:e2}");
                Assert.True(largest <= Tolerance, $"{path} {name}: {largest:e2} of the largest value");
                compared++;
            }

            Assert.True(compared > 0, $"{path}: nothing was compared");
        }
    }

    [Fact]
    public void Greedy_ids_are_the_references()
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Join(GoldenRoot.Folder("gguf"), "golden.json")));
        foreach (var path in Models())
        {
            var known = json.RootElement.GetProperty("models").GetProperty(Path.GetFileName(path));
            var expected = known.GetProperty("greedy").EnumerateArray().Select(id => id.GetInt32()).ToArray();
            var length = known.GetProperty("prompt_tokens").GetInt32();
            using var model = LanguageModel.Load(path);
            using var cache = model.CreateCache(1, expected.Length);
            var logits = cache.Prefill([expected[..length]], Cancellation);
            for (var i = length; i < expected.Length; i++)
            {
                var row = logits[..model.Shape.VocabularySize];
                Assert.Equal(expected[i], System.Numerics.Tensors.TensorPrimitives.IndexOfMax(row));
                logits = i < expected.Length - 1 ? cache.Step([expected[i]], Cancellation) : logits;
            }
        }
    }

    private static string Activation(LanguageModel model, string name) => name.Split('.') is ["hidden_states", var layer]
        ? (int.Parse(layer, null) == model.Shape.Blocks ? ActivationName.FinalNorm : int.Parse(layer, null) == 0 ? "blocks.0.resid_pre" : $"blocks.{int.Parse(layer, null) - 1}.resid_post")
        : name;

    private static IEnumerable<string> Models()
    {
        var folder = GoldenRoot.Folder("gguf");
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Join(folder, "golden.json")));
        var models = json.RootElement.GetProperty("models").EnumerateObject().Select(model => Path.Join(folder, model.Name)).ToList();
        Assert.NotEmpty(models);
        return models;
    }
}
