using System.Numerics.Tensors;
using Gptx.Activations;
using Gptx.Architectures;
using Gptx.Checkpoints;
using Gptx.Inference;

namespace Gptx.Tests.Inference;

/// <summary>ONNX files run, give the reference's numbers, and the quantized those of a bare session; their inner values are the checkpoint's.</summary>
[Trait("Category", "Golden")]
public class GoldenOnnxModelTests(ITestOutputHelper output)
{
    private const double Tolerance = 1e-4;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static LoadOptions Cpu => new() { Device = Device.Cpu };

    [Fact]
    public void Outputs_are_the_references_and_those_of_quantized_files_a_bare_sessions()
    {
        foreach (var its in OnnxCase.All())
        {
            using var golden = SafetensorsFile.Open(its.Golden);
            using var model = LanguageModel.Load(its.File, Cpu);
            using var bare = new BareSession(its.File) { HeadWidth = model.Shape.HeadWidth };
            var rows = OnnxCase.Rows(golden.GetTensor("input_ids"));
            var types = its.TokenTypes();
            foreach (var (name, expected) in golden.Tensors.Where(tensor => tensor.Key != "input_ids"))
            {
                var activation = name == "last_hidden_state" ? ActivationName.FinalNorm : name;
                using var cache = model.Run(rows, types, new ActivationSelection(activation), Cancellation);
                Assert.Equal(bare.Run(rows, name, types), cache[activation].Values.ToArray());
                if (!its.IsQuantized)
                {
                    var largest = Closeness.Largest(cache[activation].Values.Span, expected.ReadSingles());
                    output.WriteLine($"{its.File} {name}: {largest:e2}");
                    Assert.True(largest <= Tolerance, $"{its.File} {name}: {largest:e2} of the largest value");
                }
            }
        }
    }

    [Fact]
    public void Inner_values_are_the_checkpoints()
    {
        var (states, patterns) = (0, 0);
        foreach (var its in OnnxCase.All().Where(its => its.VariantOf is not null && !its.IsQuantized))
        {
            using var golden = SafetensorsFile.Open(Path.Join(its.VariantOf, "golden.safetensors"));
            using var model = LanguageModel.Load(its.File, Cpu);
            var rows = OnnxCase.Rows(golden.GetTensor("plain.input_ids"));
            for (var layer = 0; layer <= model.Shape.Blocks; layer++)
            {
                Compare(its, model, rows, ActivationName.HiddenState(layer, model.Shape.Blocks), golden.GetTensor($"plain.hidden_states.{layer}"));
                states++;
            }

            for (var block = 0; block < model.Shape.Blocks && model.ActivationNames.Contains(ActivationName.Pattern(0), StringComparer.Ordinal); block++)
            {
                Compare(its, model, rows, ActivationName.Pattern(block), golden.GetTensor($"plain.attentions.{block}"));
                patterns++;
            }
        }

        Assert.SkipWhen(states == 0, "no case names a checkpoint that is there");
        Assert.True(patterns > 0, "no attention map was found in any graph");
    }

    [Fact]
    public void Greedy_ids_are_the_references()
    {
        foreach (var its in OnnxCase.All().Where(its => its.Known.TryGetProperty("greedy", out _) && !its.IsQuantized))
        {
            var expected = its.Known.GetProperty("greedy").EnumerateArray().Select(id => id.GetInt32()).ToArray();
            var prompt = expected[..its.Known.GetProperty("prompt_tokens").GetInt32()];
            using var model = LanguageModel.Load(its.File, Cpu);
            Assert.Equal(expected, Greedy(model, prompt, expected.Length));
        }
    }

    [Fact]
    public void Rows_of_any_length_in_one_cache_compute_what_each_computes_alone()
    {
        int[][] rows = [[5, 6, 7, 8], [9, 3], [4, 7, 6, 5], [8]];
        int[] order = [2, 1, 1, 0];
        foreach (var its in OnnxCase.All().Where(its => its.Known.GetProperty("outputs").EnumerateArray().Any(name => name.GetString() == "logits") && !its.IsQuantized))
        {
            using var model = LanguageModel.Load(its.File, Cpu);
            if (model.MadeFor != ModelTask.NextToken)
            {
                continue; // an encoder goes on with nothing
            }

            using var all = model.Run(rows, new ActivationSelection(ActivationName.Logits), Cancellation);
            using var cache = model.CreateCache(rows.Length, 12);
            var vocabulary = model.Shape.VocabularySize;
            Check(cache.Prefill(rows, Cancellation), rows);
            int[][] next = [.. rows.Select(row => (int[])[.. row, 11])];
            Check(cache.Step([11, 11, 11, 11], Cancellation), next);
            cache.Select(order);
            int[][] chosen = [.. order.Select((from, index) => (int[])[.. next[from], 12 + index])];
            Check(cache.Step([12, 13, 14, 15], Cancellation), chosen);

            for (var row = 0; row < rows.Length; row++)
            {
                using var alone = model.Run([rows[row]], new ActivationSelection(ActivationName.Logits), Cancellation);
                Closeness.AssertWithin(Tolerance, all.Row(ActivationName.Logits, row).Values.Span, alone.Row(ActivationName.Logits, 0).Values.Span, $"{its.File}, row {row}");
            }

            void Check(ReadOnlySpan<float> logits, int[][] expected)
            {
                for (var row = 0; row < expected.Length; row++)
                {
                    using var alone = model.Run([expected[row]], new ActivationSelection(ActivationName.Logits), Cancellation);
                    Closeness.AssertWithin(Tolerance, logits.Slice(row * vocabulary, vocabulary), alone[ActivationName.Logits].Values.Span[^vocabulary..], $"{its.File}, row {row} after {expected[row].Length} tokens");
                }
            }
        }
    }

    [Fact]
    public void What_a_fused_operator_keeps_is_refused_by_name()
    {
        foreach (var its in OnnxCase.All())
        {
            using var model = LanguageModel.Load(its.File, Cpu);
            if (!model.ActivationNames.Contains(ActivationName.Pattern(0), StringComparer.Ordinal))
            {
                var error = Assert.Throws<GptxException>(() => model.Run([[1, 2]], new ActivationSelection(ActivationName.Pattern(0)), Cancellation));
                Assert.Equal("ActivationNotInGraph", error.ErrorId);
                Assert.Contains("Attention", error.Message, StringComparison.Ordinal);
            }
        }
    }

    private static int[] Greedy(LanguageModel model, int[] prompt, int length)
    {
        using var cache = model.CreateCache(1, length);
        List<int> ids = [.. prompt];
        for (var logits = cache.Prefill([prompt], Cancellation); ids.Count < length; logits = ids.Count < length ? cache.Step([ids[^1]], Cancellation) : logits)
        {
            ids.Add(TensorPrimitives.IndexOfMax(logits));
        }

        return [.. ids];
    }

    private void Compare(OnnxCase its, LanguageModel model, List<int[]> rows, string activation, CheckpointTensor expected)
    {
        using var cache = model.Run(rows, its.TokenTypes(), new ActivationSelection(activation), Cancellation);
        var largest = Closeness.Largest(cache[activation].Values.Span, expected.ReadSingles());
        output.WriteLine($"{its.File} {activation}: {largest:e2}");
        Assert.True(largest <= Tolerance, $"{its.File} {activation}: {largest:e2} of the largest value");
    }
}
