using Gptx.Activations;
using Gptx.Checkpoints;
using Gptx.Inference;
using Gptx.Inference.Verification;
using Gptx.Tests.Checkpoints;

namespace Gptx.Tests.Inference;

public class ModelVerifierTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void A_model_agrees_with_its_own_values()
    {
        using var setting = new Setting();
        setting.Write();
        setting.Folder.Write("golden.json", """{"greedy": {"prompt_tokens": 2, "ids": [[1, 2]], "smallest_gap": [1]}}""");
        var report = setting.Verify();
        Assert.True(report.Passed);
        Assert.Equal(["run.logits"], report.Tensors.Select(row => row.Tensor));
        Assert.Equal(0, report.Tensors[0].MaxAbsoluteError);
    }

    [Fact]
    public void Greedy_ids_count_only_where_rounding_cannot_turn_them()
    {
        using var setting = new Setting();
        setting.Write();
        var right = (int[])[1, 2, Array.IndexOf(setting.Model.NextLogits([[1, 2]], Cancellation)[0], setting.Model.NextLogits([[1, 2]], Cancellation)[0].Max())];
        var wrong = (right[2] + 1) % 37;
        var rows = $"[[{string.Join(',', right)}], [1, 2, {wrong}], [1, 2, {wrong}]]";
        setting.Folder.Write("golden.json", "{\"greedy\": {\"prompt_tokens\": 2, \"smallest_gap\": [0.5, 0.0001, 0.5], \"ids\": " + rows + "}}");
        var report = setting.Verify();
        Assert.Equal([true, true, false], report.Greedy.Select(row => row.Passed));
        Assert.Equal([true, false, true], report.Greedy.Select(row => row.Compared));
        Assert.False(report.Passed);
    }

    [Fact]
    public void Values_that_the_model_does_not_have_are_said_not_to_be_compared_and_prove_nothing()
    {
        using var setting = new Setting();
        setting.Write(writer => writer.Add("run.pooler_output", [1, 24], new float[24]), withLogits: false);
        var report = setting.Verify();
        Assert.False(report.Tensors[0].Compared);
        Assert.Contains("not compared", report.Tensors[0].Note, StringComparison.Ordinal);
        Assert.False(report.Passed);
    }

    [Theory]
    [InlineData("GoldenInvalid", "run.logits", new long[] { 1, 4, 38 })]
    [InlineData("GoldenInvalid", "run.attentions.0", new long[] { 1, 2, 4, 4 })]
    [InlineData("GoldenInvalid", "run.hidden_states.1", new long[] { 1, 5, 24 })]
    [InlineData("GoldenInvalid", "run.attention_mask", new long[] { 1, 3 })]
    [InlineData("GoldenInvalid", "run.attention_mask", new long[] { 1, 4 })]
    public void References_that_do_not_fit_are_refused(string errorId, string name, long[] shape)
    {
        using var setting = new Setting();
        var count = shape.Aggregate(1L, (product, size) => product * size);
        setting.Write(
            writer =>
            {
                if (name.EndsWith("mask", StringComparison.Ordinal))
                {
                    writer.Add(name, shape, new long[count]);
                }
                else
                {
                    writer.Add(name, shape, new float[count]);
                }
            },
            withLogits: false);
        var error = Refusal.Expect(errorId, () => setting.Verify());
        Assert.Equal(GptxErrorKind.ModelNotLoadable, error.Kind);
    }

    [Theory]
    [InlineData("[1")]
    [InlineData("[]")]
    [InlineData("""{"greedy": 5}""")]
    [InlineData("""{"greedy": {"prompt_tokens": 2}}""")]
    [InlineData("""{"greedy": {"prompt_tokens": 3, "ids": [[1, 2]]}}""")]
    [InlineData("""{"greedy": {"prompt_tokens": 0, "ids": [[1, 2]]}}""")]
    [InlineData("""{"greedy": {"prompt_tokens": 1, "ids": [[1, "2"]]}}""")]
    public void A_golden_json_that_cannot_be_read_is_refused(string json)
    {
        using var setting = new Setting();
        setting.Write();
        setting.Folder.Write("golden.json", json);
        Refusal.Expect("GoldenInvalid", () => setting.Verify());
    }

    [Fact]
    public void Without_references_there_is_nothing_to_verify()
    {
        using var setting = new Setting();
        Refusal.Expect("GoldenNotFound", () => setting.Verify());
    }

    /// <summary>A model, and a folder with references for the row 1, 2, 3, 4.</summary>
    private sealed class Setting : IDisposable
    {
        private readonly RandomGpt2 _checkpoint = new();

        public Setting() => Model = _checkpoint.Load();

        public LanguageModel Model { get; }

        public TemporaryFolder Folder { get; } = new();

        public void Write(Action<SafetensorsWriter>? add = null, bool withLogits = true)
        {
            var writer = new SafetensorsWriter();
            writer.Add("run.input_ids", [1, 4], (long[])[1, 2, 3, 4]);
            using var values = Model.Run([[1, 2, 3, 4]], new ActivationSelection(ActivationName.Logits), Cancellation);
            if (withLogits)
            {
                writer.Add("run.logits", [1, 4, 37], values[ActivationName.Logits].Values);
            }

            add?.Invoke(writer);
            writer.Save(Folder["golden.safetensors"]);
        }

        public VerificationReport Verify() => ModelVerifier.Verify(Model, Folder.Path, cancellation: Cancellation);

        public void Dispose()
        {
            Model.Dispose();
            _checkpoint.Dispose();
            Folder.Dispose();
        }
    }
}
