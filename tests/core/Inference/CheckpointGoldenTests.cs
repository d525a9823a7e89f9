using Gptx.Architectures;
using Gptx.Checkpoints;
using Gptx.Inference;
using Gptx.Inference.Verification;
using Gptx.Tests.Docs;

namespace Gptx.Tests.Inference;

/// <summary>Every checkpoint of a supported architecture gives the reference implementation's numbers.</summary>
[Trait("Category", "Golden")]
public class CheckpointGoldenTests(ITestOutputHelper output)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Hidden_states_attention_logits_and_greedy_ids_are_the_references()
    {
        var failures = new List<string>();
        var rows = new List<string>();
        foreach (var folder in Cases())
        {
            using var model = LanguageModel.Load(folder);
            var report = ModelVerifier.Verify(model, folder, cancellation: Cancellation);
            var name = Path.GetFileName(folder);
            var worst = report.Tensors.Where(row => row.Compared).MaxBy(row => row.MaxRelativeError);
            output.WriteLine($"{name}: {report.Tensors.Count} tensors, {report.Greedy.Count(row => row.Compared)} of {report.Greedy.Count} continuations compared; worst {worst?.Tensor} {worst?.MaxRelativeError:e2}");
            failures.AddRange(report.Tensors.Where(row => !row.Passed).Select(row => $"{name} {row.Tensor}: {row.MaxRelativeError:e2} {row.Note}"));
            failures.AddRange(report.Greedy.Where(row => !row.Passed).Select(row => $"{name} greedy {row.Row}: {string.Join(' ', row.Actual)} for {string.Join(' ', row.Expected)}"));
            failures.AddRange(NotCompared(folder, model, report).Select(missing => $"{name}: {missing}"));
            rows.Add($"| {name} | `{model.ModelType}` | {report.Tensors.Count(row => row.Compared)} | {worst?.MaxRelativeError:e1} | `{worst?.Tensor}` | {report.Greedy.Count(row => row.Compared)} of {report.Greedy.Count} |");
        }

        NotSupported().ForEach(output.WriteLine);
        ModelsPage.WriteTable("checkpoints", rows);
        Assert.True(failures.Count == 0, string.Join(Environment.NewLine, failures));
        Assert.SkipWhen(rows.Count == 0, "No case of an architecture that can be run.");
    }

    [Fact]
    public void A_reference_that_was_changed_anywhere_fails()
    {
        var folder = Cases().FirstOrDefault();
        Assert.SkipWhen(folder is null, "No case of an architecture that can be run.");
        using var model = LanguageModel.Load(folder!);
        using var golden = SafetensorsFile.Open(Path.Join(folder, "golden.safetensors"));
        foreach (var kind in (string[])["plain.logits", "plain.hidden_states.0", "plain.hidden_states.1", "plain.attentions.0", "padded.logits", "padded.attentions.0"])
        {
            using var changed = new ChangedGolden(golden, kind);
            var report = ModelVerifier.Verify(model, changed.Folder, cancellation: Cancellation);
            Assert.Equal(changed.Exists ? [kind] : [], report.Tensors.Where(row => !row.Passed).Select(row => row.Tensor));
            Assert.Equal(!changed.Exists, report.Passed);
        }
    }

    [Fact]
    public void A_model_with_one_weight_changed_fails()
    {
        var folder = Cases().FirstOrDefault(folder => File.Exists(Path.Join(folder, "model.safetensors")));
        Assert.SkipWhen(folder is null, "No case in one file.");
        using var changed = new ChangedWeight(folder!);
        using var model = LanguageModel.Load(changed.Folder);
        var report = ModelVerifier.Verify(model, folder!, cancellation: Cancellation);
        Assert.False(report.Passed);
        Assert.Contains(report.Tensors, row => row.Tensor == "plain.hidden_states.1" && !row.Passed);
        Assert.Contains(report.Tensors, row => row.Tensor == "plain.hidden_states.0" && row.Passed);
    }

    /// <summary>What the case has and the report has not: each of the case's tensors but its inputs, and its continuations.</summary>
    private static IEnumerable<string> NotCompared(string folder, LanguageModel model, VerificationReport report)
    {
        using var golden = SafetensorsFile.Open(Path.Join(folder, "golden.safetensors"));
        string[] inputs = ["input_ids", "attention_mask", "position_ids", "token_type_ids"];
        var compared = report.Tensors.Where(row => row.Compared).Select(row => row.Tensor).ToHashSet(StringComparer.Ordinal);
        var left = golden.Tensors.Keys.Where(name => !inputs.Contains(name.Split('.')[^1]) && !compared.Contains(name));
        var expected = golden.Tensors.Keys.Count(name => name.Contains(".hidden_states.", StringComparison.Ordinal)) / Math.Max(1, golden.Tensors.Keys.Count(name => name.EndsWith(".input_ids", StringComparison.Ordinal)));
        return left.Select(name => $"{name} was not compared")
            .Concat(compared.Count == 0 ? ["nothing was compared"] : [])
            .Concat(expected == 0 || expected == model.Shape.Blocks + 1 ? [] : [$"{expected} hidden states of {model.Shape.Blocks} blocks"]);
    }

    private static IEnumerable<string> Cases() => GoldenRoot.CaseFolders("checkpoints").Where(folder => ArchitectureCatalog.ModelTypes.Contains(ModelType(folder)));

    /// <summary>The cases that cannot be run yet, with their architecture.</summary>
    private static List<string> NotSupported() =>
        [.. GoldenRoot.CaseFolders("checkpoints").Except(Cases(), StringComparer.Ordinal).Select(folder => $"{Path.GetFileName(folder)}: not compared, {ModelType(folder)} is not supported")];

    private static string ModelType(string folder) => ModelConfig.Read(Path.Join(folder, "config.json")).ModelType;
}
