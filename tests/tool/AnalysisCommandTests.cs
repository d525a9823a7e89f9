using System.Text.Json;
using Gptx.Tests.Checkpoints;

namespace Gptx.Tests.Tool;

/// <summary>search, duplicates, outliers and drift through gptx, with the embedded model.</summary>
public class AnalysisCommandTests
{
    private static readonly string[] Lines = ["The king rode out.", "A cat sat on the mat.", "The king rode out.", "zxq 99 %$ kk", "The king rode out!"];

    [Theory]
    [InlineData("jsonl")]
    [InlineData("csv")]
    [InlineData("parquet")]
    public void A_query_is_embedded_as_the_rows_were(string ending)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllLines(folder["notes.txt"], Lines);
        CommandRun.Of("embed", "--input", folder["notes.txt"], "--pooling", "max", "--layer", "3", "--normalize", "--out", folder[$"notes.{ending}"]).Succeeded();
        var found = CommandRun.Of("search", "The king rode out!", "A cat sat on the mat.", "--in", folder[$"notes.{ending}"], "--top", "1").Succeeded().Lines;
        Assert.Equal(["The king rode out!", "A cat sat on the mat."], found.Select(line => line.GetProperty("text").GetString()));
        Assert.All(found, line => Assert.Equal(1, line.GetProperty("score").GetDouble(), 1e-6));
        CommandRun.Of("search", "a", "--in", folder[$"notes.{ending}"], "--layer", "2").Refused(2, "were made with layer 3");
        CommandRun.Of("search", "a", "--in", folder[$"notes.{ending}"], "--pooling", "cls").Refused(2, "were made with pooling Max");
    }

    [Fact]
    public void Vectors_of_another_model_are_refused_by_its_hash()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllLines(folder["notes.txt"], Lines);
        CommandRun.Of("embed", "--input", folder["notes.txt"], "--out", folder["notes.jsonl"]).Succeeded();
        var plan = folder["notes.jsonl.job.json"];
        var hash = JsonDocument.Parse(File.ReadAllText(plan)).RootElement.GetProperty("job").GetProperty("model").GetString()!;
        File.WriteAllText(plan, File.ReadAllText(plan).Replace(hash, new string('a', hash.Length), StringComparison.Ordinal));
        CommandRun.Of("search", "a", "--in", folder["notes.jsonl"]).Refused(2, "vectors of two models cannot be compared");
        CommandRun.Of("drift", folder["notes.jsonl"], folder["notes.txt"]).Refused(2, "vectors of two models cannot be compared");
        File.Delete(plan);
        CommandRun.Of("search", "a", "--in", folder["notes.jsonl"]).Succeeded();
    }

    [Fact]
    public void A_file_that_does_not_name_its_model_is_searched_and_that_is_said()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["v.jsonl"], $"{{\"vector\":[{string.Join(',', Enumerable.Repeat("1", 256))}],\"url\":\"/a\"}}\n");
        var run = CommandRun.Of("search", "a king", "--in", folder["v.jsonl"], "--keep", "url").Succeeded();
        Assert.Contains("does not say which model", run.Error, StringComparison.Ordinal);
        Assert.Equal(("v.jsonl:0", "/a"), (run.Lines[0].GetProperty("rowId").GetString(), run.Lines[0].GetProperty("url").GetString()));
        CommandRun.Of("search", "a king").Refused(2, "search needs what is searched");
    }

    [Theory]
    [InlineData("in.txt", "a cat\nb\na cat\n\nlast\n\n", "a cat\nb\n\nlast\n")]
    [InlineData("in.jsonl", "{\"text\": \"a cat\", \"n\":1}\r\n\r\n  \n{\"text\":\"b\"}\nnot json\n{\"text\":\"a cat\"}", "{\"text\": \"a cat\", \"n\":1}\n{\"text\":\"b\"}\nnot json\n")]
    [InlineData("in.csv", "id,text\n1,\"a \"\"cat\"\"\n, 2\"\n2,b\n3,b,c\n4,\"a \"\"cat\"\"\n, 2\"\n", "id,text\n1,\"a \"\"cat\"\"\n, 2\"\n2,b\n3,b,c\n")]
    public void Rows_without_duplicates_are_copied_as_they_stand(string name, string content, string expected)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder[name], content);
        var run = CommandRun.Of("duplicates", "--input", folder[name], "--exact", "--unique", folder["out"], "--out", folder["found.jsonl"]);
        Assert.Equal(content.Contains("not json", StringComparison.Ordinal) || content.Contains("b,c", StringComparison.Ordinal) ? 3 : 0, run.Code);
        Assert.Equal(expected, File.ReadAllText(folder["out"]));
        CommandRun.Of("duplicates", "--input", folder[name], "--exact", "--unique", folder["out"]).Refused(1, "exists already");
    }

    [Fact]
    public void Duplicates_of_texts_and_of_their_vectors_are_the_same()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllLines(folder["notes.txt"], Lines);
        CommandRun.Of("embed", "--input", folder["notes.txt"], "--out", folder["notes.parquet"]).Succeeded();
        var ofTexts = CommandRun.Of("duplicates", "--input", folder["notes.txt"], "--threshold", "0.9").Succeeded();
        var ofVectors = CommandRun.Of("duplicates", "--in", folder["notes.parquet"], "--threshold", "0.9").Succeeded();
        Assert.Equal(["notes.txt:0", "notes.txt:41", "notes.txt:73"], ofTexts.Lines.Select(line => line.GetProperty("rowId").GetString()));
        Assert.Equal(ofTexts.Lines.Select(line => line.GetProperty("rowId").GetString()), ofVectors.Lines.Select(line => line.GetProperty("rowId").GetString()));
        Assert.Contains("5 rows: 1 group of duplicates, 3 rows without them", ofTexts.Error, StringComparison.Ordinal);
        CommandRun.Of("duplicates", "a", "--in", folder["notes.parquet"]).Refused(2, "--in has vectors of its own");
        CommandRun.Of("duplicates", "--in", folder["notes.parquet"], "--unique", folder["x"]).Refused(2, "text, JSON lines and CSV");
    }

    [Fact]
    public void A_row_that_fails_is_reported_and_the_others_go_on()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllLines(folder["in.jsonl"], ["{\"text\":\"a cat\"}", "{\"other\":1}", $"{{\"text\":\"{string.Concat(Enumerable.Repeat("king ", 3000))}\"}}", "{\"text\":\"a cat\"}"]);
        foreach (var command in (string[][])[["duplicates"], ["outliers", "--by", "distance"], ["outliers"]])
        {
            var run = CommandRun.Of([.. command, "--input", folder["in.jsonl"]]);
            Assert.Equal(3, run.Code);
            Assert.Contains("row 2: ", run.Error, StringComparison.Ordinal);
            Assert.Contains("row 3: the text has", run.Error, StringComparison.Ordinal);
            Assert.Equal(2, run.Lines.Count);
        }

        File.WriteAllText(folder["bad.jsonl"], "{}\n");
        Assert.Equal(1, CommandRun.Of("duplicates", "--input", folder["bad.jsonl"]).Code);
    }

    [Fact]
    public void Drift_between_texts_and_vectors_is_that_between_texts_and_may_end_with_exit_code_1()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllLines(folder["a.txt"], Enumerable.Range(0, 20).Select(row => $"The king rode to castle {row}."));
        File.WriteAllLines(folder["b.txt"], Enumerable.Range(0, 20).Select(row => row < 5 ? $"The king rode to castle {row}." : $"error {row}: SELECT {row} FROM t"));
        CommandRun.Of("embed", "--input", folder["b.txt"], "--out", folder["b.jsonl"]).Succeeded();
        string[] common = ["--json", "--permutations", "199"];
        var texts = CommandRun.Of(["drift", folder["a.txt"], folder["b.txt"], .. common]).Succeeded().Document;
        var mixed = CommandRun.Of(["drift", folder["a.txt"], folder["b.jsonl"], .. common]).Succeeded().Document;
        Assert.Equal(texts.GetProperty("effect").GetDouble(), mixed.GetProperty("effect").GetDouble(), 1e-5);
        Assert.Equal(0.005, texts.GetProperty("pValue").GetDouble());
        var alert = CommandRun.Of(["drift", folder["a.txt"], folder["b.txt"], "--alert", "0.01", "--out", folder["drift.json"], "--figure", folder["drift.svg"], .. common]);
        Assert.Equal(1, alert.Code);
        Assert.Contains("has drifted", alert.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(folder["drift.json"]) && File.Exists(folder["drift.svg"]));
        Assert.Equal(0, CommandRun.Of(["drift", folder["a.txt"], folder["a.txt"], "--alert", "0.01", .. common]).Code);
        Assert.Equal(0, CommandRun.Of(["drift", folder["a.txt"], folder["b.txt"], "--alert", "0.01", "--alert-effect", "0.99", .. common]).Code);
        CommandRun.Of("drift", folder["a.txt"]).Refused(2, "drift compares two files");
        CommandRun.Of("drift", folder["a.txt"], folder["b.txt"], "--alert", "2").Refused(2, "alert 2 is not allowed");
    }

    [Theory]
    [InlineData("12")]
    [InlineData("G")]
    [InlineData("-1G")]
    [InlineData("4X")]
    [InlineData("")]
    public void A_size_that_is_none_is_refused(string size) => CommandRun.Of("duplicates", "a", "b", "--max-memory", size).Refused(2, $"max-memory '{size}' is not allowed");
}
