using Gptx.Checkpoints;
using Gptx.Inference;
using Gptx.Tests.Checkpoints;
using Gptx.Tool;

namespace Gptx.Tests.Tool;

/// <summary>--out writes whole files, and replaces none unless that is asked for.</summary>
public class OutputFileTests
{
    [Fact]
    public void A_file_that_exists_stays_unless_forced()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("out.json", "mine");
        CommandRun.Of("next", "Hi", "--out", path).Refused(ExitCode.Failure, "--force replaces it");
        Assert.Equal("mine", File.ReadAllText(path));
        CommandRun.Of("next", "Hi", "--out", path, "--force").Succeeded();
        Assert.Equal(10, CommandRun.Parse(File.ReadAllText(path)).GetArrayLength());
    }

    [Theory]
    [InlineData("nowhere/out.json")]
    [InlineData(".")]
    public void A_place_that_cannot_be_written(string name)
    {
        using var folder = new TemporaryFolder();
        CommandRun.Of("next", "Hi", "--out", folder[name]).Refused(ExitCode.Failure, "cannot be written");
        CommandRun.Of("activation", "Hi", "--name", "embed", "--out", folder["nowhere/a.npy"]).Refused(ExitCode.Failure, "cannot be written");
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_full_disk()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "needs /dev/full");
        CommandRun.Of("next", "Hi", "--out", "/dev/full").Refused(ExitCode.Failure, "cannot be written");
    }

    [Fact]
    public void Where_every_row_fails_no_file_is_made()
    {
        using var folder = new TemporaryFolder();
        CommandRun.Of("next", "", "--out", folder["out.json"]).Refused(ExitCode.Failure, "the text is empty");
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Activations_go_to_npy_and_safetensors_with_the_models_numbers()
    {
        using var folder = new TemporaryFolder();
        CommandRun.Of("activation", "Hi there", "--name", "blocks.0.resid_post", "--out", folder["a.npy"]).Succeeded();
        CommandRun.Of("activation", "Hi there", "One more", "--name", "blocks.*.attn.pattern", "--name", "logits", "--out", folder["a.safetensors"]).Succeeded();
        CommandRun.Of("activation", "Hi", "--name", "blocks.*", "--out", folder["b.npy"]).Refused(ExitCode.Usage, "an .npy file holds one array");

        using var model = LanguageModel.Load();
        using var npy = NpyFile.Open(folder["a.npy"]);
        var states = HiddenState.Of(model, [TokenSequence.FromText(model, "Hi there")], 1, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(states.SelectMany(state => state.Vector), npy.Tensor.ReadSingles());
        using var tensors = SafetensorsFile.Open(folder["a.safetensors"]);
        Assert.Equal(2 * (model.Shape.Blocks + 1), tensors.Tensors.Count);
        Assert.Contains("1.blocks.0.attn.pattern", tensors.Tensors.Keys);
    }

    [Fact]
    public void A_reader_who_leaves_ends_the_run_quietly()
    {
        using var gone = new StreamWriter(new StandardOutput(new ClosedPipe())) { AutoFlush = true };
        var run = CommandRun.With(new Conditions { Out = gone }, "next", "Hi");
        Assert.Equal((0, ""), (run.Code, run.Error));
    }

    private sealed class ClosedPipe : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count) => throw new IOException("Broken pipe", 32);
    }
}
