using Gptx.Checkpoints;
using Gptx.Inference;
using Gptx.Inference.Verification;
using Gptx.Tests.Checkpoints;

namespace Gptx.Tests.Inference;

/// <summary>Every golden checkpoint of an architecture that GGUF knows, written as GGUF, still gives the reference's numbers.</summary>
[Trait("Category", "Golden")]
public class GgufArchitectureTests(ITestOutputHelper output)
{
    [Fact]
    public void A_checkpoint_written_as_gguf_gives_the_numbers_of_the_reference()
    {
        var failures = new List<string>();
        var types = new HashSet<string>(StringComparer.Ordinal);
        foreach (var folder in GoldenRoot.CaseFolders("checkpoints"))
        {
            var config = ModelConfig.Read(Path.Join(folder, "config.json"));
            if (GgufRecipe.Refusal(config) is { } why)
            {
                output.WriteLine($"{Path.GetFileName(folder)}: left out, {why}");
                continue;
            }

            using var temporary = new TemporaryFolder();
            using (var checkpoint = CheckpointFolder.Open(folder))
            {
                using var again = CheckpointFolder.Open(temporary.Write("model.gguf", new GgufRecipe(checkpoint).ToGguf()));
                failures.AddRange(Differences(checkpoint, again).Select(difference => $"{folder}: {difference}"));
            }

            using var model = LanguageModel.Load(temporary["model.gguf"]);
            var report = ModelVerifier.Verify(model, folder, cancellation: TestContext.Current.CancellationToken);
            var worst = report.Tensors.Where(row => row.Compared).MaxBy(row => row.MaxRelativeError);
            output.WriteLine($"{Path.GetFileName(folder)}: worst {worst?.Tensor} {worst?.MaxRelativeError:e2}");
            failures.AddRange(report.Tensors.Where(row => !row.Passed && !IsLeftOut(row, config)).Select(row => $"{folder} {row.Tensor}: {row.MaxRelativeError:e2} {row.Note}"));
            failures.AddRange(report.Greedy.Where(row => !row.Passed).Select(row => $"{folder} greedy {row.Row}"));
            types.Add(config.ModelType);
        }

        output.WriteLine(string.Join(", ", types.Order(StringComparer.Ordinal)));
        Assert.True(failures.Count == 0, string.Join(Environment.NewLine, failures));
        Assert.SkipWhen(types.Count == 0, "No case of an architecture that GGUF has.");
    }

    /// <summary>llama.cpp keeps no pooler of BERT.</summary>
    private static bool IsLeftOut(TensorVerdict row, ModelConfig config) => config.ModelType == "bert" && row.Tensor.EndsWith(".pooler_output", StringComparison.Ordinal) && !row.Compared;

    /// <summary>Tensors that the file gives otherwise than the checkpoint that it was written from.</summary>
    private static IEnumerable<string> Differences(CheckpointFolder checkpoint, CheckpointFolder again) => again.Tensors.Values
        .Where(tensor => checkpoint.TryGetTensor(tensor.Name, out var expected)
            && !(expected.Shape.SequenceEqual(tensor.Shape) && Closeness.Largest(tensor.ReadSingles(), expected.ReadSingles()) < 1e-6))
        .Select(tensor => $"{tensor} differs");
}
