using Gptx.Architectures;
using Gptx.Checkpoints;
using Gptx.Inference;
using Gptx.Inference.Verification;

namespace Gptx.Tests.Inference;

/// <summary>Every checkpoint of a supported architecture gives the reference implementation's numbers.</summary>
[Trait("Category", "Golden")]
public class CheckpointGoldenTests
{
    [Fact]
    public void Hidden_states_attention_logits_and_greedy_ids_are_the_references()
    {
        var checkedCases = 0;
        var failures = new List<string>();
        foreach (var folder in GoldenRoot.CaseFolders("checkpoints").Where(IsSupported))
        {
            using var model = LanguageModel.Load(folder);
            var report = ModelVerifier.Verify(model, folder, cancellation: TestContext.Current.CancellationToken);
            failures.AddRange(report.Tensors.Where(row => !row.Passed).Select(row => $"{Path.GetFileName(folder)} {row}"));
            failures.AddRange(report.Greedy.Where(row => !row.Passed).Select(row => $"{Path.GetFileName(folder)} greedy {row.Row}: {string.Join(' ', row.Actual)} for {string.Join(' ', row.Expected)}"));
            Assert.Contains(report.Tensors, row => row.Tensor.StartsWith("padded.", StringComparison.Ordinal) && row.Compared);
            Assert.Contains(report.Tensors, row => row.Tensor.Contains("attentions", StringComparison.Ordinal) && row.Compared);
            checkedCases++;
        }

        Assert.Empty(failures);
        Assert.True(checkedCases > 0, "no case of a supported architecture was found");
    }

    private static bool IsSupported(string folder) =>
        ArchitectureCatalog.ModelTypes.Contains(ModelConfig.Read(Path.Combine(folder, "config.json")).ModelType);
}
