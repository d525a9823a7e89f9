using System.Text.Json;
using Gptx.Activations;
using Gptx.Checkpoints;
using Gptx.Inference;

namespace Gptx.Tests.Inference;

/// <summary>A real model in GGUF, with the reference's answers beside it.</summary>
[Trait("Category", "Golden")]
public class SmolLmTests(ITestOutputHelper output)
{
    private const double Tolerance = 1e-4;
    private const double ClearGap = 0.05;

    private static string Folder => GoldenRoot.Folder("../models/SmolLM2-135M-Instruct-GGUF");

    [Fact]
    public void It_answers_as_the_reference_does()
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Join(Folder, "golden.json")));
        using var golden = SafetensorsFile.Open(Path.Join(Folder, "golden.safetensors"));
        using var model = LanguageModel.Load(Directory.EnumerateFiles(Folder, "*.gguf").Single());
        foreach (var (index, known) in json.RootElement.GetProperty("cases").EnumerateArray().Index())
        {
            var ids = Ids(known, "ids");
            Assert.Equal(ids, model.RequireTokenizer().EncodeToIds(known.GetProperty("prompt").GetString()!));
            using var cache = model.Run([ids], new ActivationSelection("logits", "blocks.0.resid_pre", "blocks.0.resid_post", "blocks.0.attn.pattern", "final_norm"), TestContext.Current.CancellationToken);
            Compare($"{index}.logits_last", cache["logits"].Values.Span[^model.Shape.VocabularySize..]);
            Compare($"{index}.hidden_states.0", cache["blocks.0.resid_pre"].Values.Span);
            Compare($"{index}.hidden_states.1", cache["blocks.0.resid_post"].Values.Span);
            Compare($"{index}.hidden_states.30", cache["final_norm"].Values.Span);
            Compare($"{index}.attentions.0", cache["blocks.0.attn.pattern"].Values.Span);
            CompareGreedy(model, ids, Ids(known, "greedy_ids"), [.. known.GetProperty("gap_between_first_and_second").EnumerateArray().Select(gap => gap.GetDouble())]);
        }

        void Compare(string name, ReadOnlySpan<float> values)
        {
            var largest = Closeness.Largest(values, golden.GetTensor(name).ReadSingles());
            output.WriteLine($"{name}: {largest:e2}");
            Assert.True(largest <= Tolerance, $"{name}: {largest:e2} of the largest value");
        }
    }

    /// <summary>The reference's tokens, one by one; where two were nearly as likely, either may come and the rest is not compared.</summary>
    private static void CompareGreedy(LanguageModel model, int[] prompt, int[] expected, double[] gaps)
    {
        using var cache = model.CreateCache(1, prompt.Length + expected.Length);
        var logits = cache.Prefill([prompt], TestContext.Current.CancellationToken);
        for (var i = 0; i < expected.Length && gaps[i] >= ClearGap; i++)
        {
            Assert.Equal(expected[i], System.Numerics.Tensors.TensorPrimitives.IndexOfMax(logits[..model.Shape.VocabularySize]));
            logits = cache.Step([expected[i]], TestContext.Current.CancellationToken);
        }
    }

    private static int[] Ids(JsonElement known, string key) => [.. known.GetProperty(key).EnumerateArray().Select(id => id.GetInt32())];
}
