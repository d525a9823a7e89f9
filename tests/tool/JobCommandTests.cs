using Gptx.Jobs.Stores;
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

    [Theory]
    [InlineData("embed")]
    [InlineData("tokenize", "--rows", "token")]
    public void A_table_has_the_rows_of_a_single_run_too(string command, params string[] options)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllLines(folder["in.txt"], Lines);
        string[] job = [command, "--input", folder["in.txt"], "--out", $"{folder["rows.db"]}#texts", .. options];
        Assert.Equal(3, CommandRun.Of([.. job, "--shard", "1/2"]).Code + CommandRun.Of([.. job, "--shard", "0/2"]).Code);
        var merged = CommandRun.Of(["merge", .. job]);
        Assert.Equal(3, merged.Code);
        Assert.Contains("rows.db.texts.errors.jsonl", merged.Error, StringComparison.Ordinal);
        Assert.Equal(["rows.db", "rows.db.texts.errors.jsonl"], Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName).Where(name => name != "in.txt").Order(StringComparer.Ordinal));
        Assert.Equal(0, CommandRun.Of([.. job, "--resume", "--accept-errors", "1"]).Code);
        Assert.Equal(2, CommandRun.Of(job).Code);
        Assert.Equal(2, CommandRun.Of(["embed", "a text", "--out", folder["rows.db"]]).Code);
        using var table = StoreTable.Open($"{folder["rows.db"]}#texts");
        Assert.Equal(Lines.Where(line => line.Length > 0), table.Rows(TestContext.Current.CancellationToken).Select(row => row.Text).Distinct());
    }

    [Theory]
    [InlineData("postgresql://me:geheim@localhost/db#t")]
    [InlineData("postgresql://me:gehe#im@localhost/db#t")]
    [InlineData("postgresql://me:geheim@local host/db#t")]
    [InlineData("postgresql://localhost/db?password=geheim#t")]
    [InlineData("postgresql://me:12#geheim@localhost/db")]
    [InlineData("postgres:geheim")]
    [InlineData("postgresql://me:geheim/with@localhost/db#t")]
    public void A_password_in_an_address_is_refused_and_not_repeated(string address)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllLines(folder["in.txt"], Lines);
        var run = CommandRun.Of(["embed", "--input", folder["in.txt"], "--out", address]);
        Assert.Equal(2, run.Code);
        Assert.DoesNotContain("ehe", run.Error, StringComparison.Ordinal);
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
