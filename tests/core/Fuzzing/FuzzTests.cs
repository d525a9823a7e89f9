using Gptx.Fuzzing;

namespace Gptx.Tests.Fuzzing;

/// <summary>Some thousand cases of each target; docs/fuzzing.md says how to run more.</summary>
public class FuzzTests(ITestOutputHelper output)
{
    [Fact]
    [Trait("Category", "Golden")]
    public void Changed_tokenizers_are_read_or_refused() => Run(new TokenizerJsonTarget(GoldenRoot.Folder("tokenizers")), 3000);

    [Fact]
    [Trait("Category", "Golden")]
    public void Changed_onnx_models_are_read_or_refused() => Run(new OnnxTarget(GoldenRoot.Folder("onnx")), 1500);

    [Fact]
    [Trait("Category", "Golden")]
    public void Changed_safetensors_are_read_or_refused() => Run(new SafetensorsTarget(GoldenRoot.Folder("checkpoints")), 3000);

    [Fact]
    [Trait("Category", "Golden")]
    public void Changed_gguf_files_are_read_or_refused() => Run(new GgufTarget(GoldenRoot.Folder("gguf")), 1000);

    [Fact]
    [Trait("Category", "Golden")]
    public void Changed_configs_are_read_or_refused() => Run(new ConfigTarget(GoldenRoot.Folder("checkpoints")), 3000);

    [Fact]
    [Trait("Category", "Golden")]
    public void Changed_shard_indexes_are_read_or_refused() => Run(new ShardIndexTarget(GoldenRoot.Folder("checkpoints")), 2000);

    [Fact]
    [Trait("Category", "Golden")]
    public void Changed_arrays_are_read_or_refused() => Run(new NpyTarget(GoldenRoot.Folder("projection")), 3000);

    [Fact]
    [Trait("Category", "Golden")]
    public void Changed_sentence_recipes_are_read_or_refused() => Run(new SentenceModulesTarget(GoldenRoot.Folder("checkpoints")), 2000);

    private void Run(IFuzzTarget target, int count)
    {
        // Other tests use the same processor time, so only what is far too long counts here.
        var run = new FuzzRun(count, Seed: 2, TimeSpan.FromSeconds(20));

        run.Run(target);

        output.WriteLine($"{run.Accepted} read, {run.Refused.Values.Sum()} refused");
        Assert.True(run.Accepted > 0 && run.Refused.Count > 0, "Either all cases were read or none was.");
        Assert.True(run.Findings.Count == 0, string.Join('\n', run.Findings));
    }
}
