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
    public void The_output_is_enough_to_join_its_shards()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllLines(folder["in.txt"], Lines);
        var output = folder["out.parquet"];
        CommandRun.Of("merge", output).Refused(2, "nothing of it is there");
        foreach (var shard in (string[])["1/2", "0/2"])
        {
            CommandRun.Of("tokenize", "--input", folder["in.txt"], "--out", output, "--shard", shard);
        }

        CommandRun.Of("merge", output, "--accept-errors", "some").Refused(2, "accept-errors 'some'");
        var run = CommandRun.Of("merge", output, "--json", "--errors", folder["bad.jsonl"], "--summary", folder["summary.json"]);
        Assert.Equal(3, run.Code);
        Assert.Equal(4, run.Document.GetProperty("rows").GetInt32());
        Assert.Equal(folder["bad.jsonl"], run.Document.GetProperty("errors").GetString());
        Assert.Equal("someRowsFailed", CommandRun.Parse(File.ReadAllText(folder["summary.json"])).GetProperty("status").GetString());
        Assert.Single(File.ReadAllLines(folder["bad.jsonl"]));
        Assert.Equal(0, CommandRun.Of("merge", output, "--accept-errors", "1").Code);
    }

    [Fact]
    public void Accepted_errors_are_read_before_anything_is_done()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllLines(folder["in.txt"], Lines);
        CommandRun.Of("tokenize", "--input", folder["in.txt"], "--out", folder["out.csv"], "--accept-errors", "some").Refused(2, "accept-errors 'some'");
        Assert.False(Path.Exists(folder["out.csv"]));
    }

    [Fact]
    public void An_option_of_a_job_without_a_job_is_refused()
    {
        var run = CommandRun.Of(["score", "a text", "--resume"]);
        Assert.Equal(2, run.Code);
        Assert.Contains("--resume is of a job", run.Error, StringComparison.Ordinal);
    }
}
