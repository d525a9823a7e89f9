using Gptx.Tests.Checkpoints;

namespace Gptx.Tests.Tool;

/// <summary>Jobs through gptx, with the embedded model.</summary>
public class JobCommandTests
{
    private static readonly string[] Lines = ["The king rode out.", "", "A cat sat on the mat.", "Once upon a time there was a tree."];

    [Theory]
    [InlineData("embed", "jsonl")]
    [InlineData("score", "csv")]
    [InlineData("tokenize", "jsonl")]
    [InlineData("next", "parquet")]
    [InlineData("generate", "jsonl", "--seed", "3", "--max-tokens", "4")]
    public void Shards_joined_are_what_a_single_run_makes(string command, string ending, params string[] options)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllLines(folder["in.txt"], Lines);
        string[] whole = [command, "--input", folder["in.txt"], "--out", folder[$"whole.{ending}"], .. options];
        Assert.Equal(3, CommandRun.Of(whole).Code);
        string[] parts = [command, "--input", folder["in.txt"], "--out", folder[$"parts.{ending}"], .. options];
        foreach (var shard in (string[])["1/2", "0/2"])
        {
            Assert.InRange(CommandRun.Of([.. parts, "--shard", shard]).Code, 0, 3);
        }

        Assert.Equal(3, CommandRun.Of(["merge", .. parts]).Code);
        Assert.Equal(File.ReadAllBytes(folder[$"whole.{ending}"]), File.ReadAllBytes(folder[$"parts.{ending}"]));
        Assert.Equal(File.ReadAllText(folder[$"whole.{ending}.errors.jsonl"]), File.ReadAllText(folder[$"parts.{ending}.errors.jsonl"]));
        Assert.Equal(0, CommandRun.Of([.. whole, "--resume", "--accept-errors", "25%"]).Code);
        Assert.Equal(2, CommandRun.Of(whole).Code);
    }

    [Fact]
    public void An_option_of_a_job_without_a_job_is_refused()
    {
        var run = CommandRun.Of(["score", "a text", "--resume"]);
        Assert.Equal(2, run.Code);
        Assert.Contains("--resume is of a job", run.Error, StringComparison.Ordinal);
    }
}
