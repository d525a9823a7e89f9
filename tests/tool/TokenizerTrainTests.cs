using Gptx.Tests.Checkpoints;
using Gptx.Tokenization;
using Gptx.Tokenization.Training;
using Gptx.Tool;
using Gptx.Tool.Terminal;

namespace Gptx.Tests.Tool;

/// <summary>gptx tokenizer train: files or standard input in, a tokenizer.json and a summary out.</summary>
public sealed class TokenizerTrainTests : IDisposable
{
    private const string Text = "the low lower lowest of the new newer newest\nthe widest and the wider of the wide\n";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_writes_a_tokenizer_and_says_what_it_made()
    {
        string text = _folder.Write("notes.txt", Text);
        var run = CommandRun.Of("tokenizer", "train", text, "--vocab-size", "280", "--special-token", "<s>", "--special-token", "</s>", "--out", _folder["t.json"]).Succeeded();
        Assert.Equal(
            ("bpe", 280, 22, 2L),
            (run.Document.GetProperty("kind").GetString(), run.Document.GetProperty("vocabularySize").GetInt32(), run.Document.GetProperty("merges").GetInt32(), run.Document.GetProperty("texts").GetInt64()));
        var tokenizer = Tokenizer.Load(_folder["t.json"]);
        Assert.Equal(280, tokenizer.VocabularySize);
        Assert.Equal("the newest wide 🙂", tokenizer.Decode(tokenizer.EncodeToIds("the newest wide 🙂")));
        Assert.Equal([1, 0], tokenizer.EncodeToIds("</s><s>"));
    }

    [Fact]
    public void Standard_input_and_several_files_give_what_one_file_gives()
    {
        string[] lines = Text.Split('\n');
        string one = Trained(Text, _folder.Write("one.txt", Text));
        Assert.Equal(one, Trained("", _folder.Write("a.txt", lines[0] + "\n"), _folder.Write("b.txt", lines[1] + "\n")));
        Assert.Equal(one, Trained(Text));
        Assert.Equal(one, Trained(lines[1] + "\n", _folder["a.txt"], "-"));
        Assert.Equal(one, Trained(Text, "--threads", "1"));
    }

    [Fact]
    public void Its_options_reach_the_trainer()
    {
        string text = _folder.Write("notes.txt", "The Lów lów lów lower");
        string Made(params string[] options)
        {
            CommandRun.Of(["tokenizer", "train", text, "--out", _folder["t.json"], "--force", .. options]).Succeeded();
            return File.ReadAllText(_folder["t.json"]);
        }

        Assert.Contains("\"Lowercase\"", Made("--lowercase"), StringComparison.Ordinal);
        string pieces = Made("--kind", "wordpiece", "--lowercase");
        Assert.Contains("\"##w\"", pieces, StringComparison.Ordinal);
        Assert.Contains("\"low\"", pieces, StringComparison.Ordinal);
        Assert.Contains("\"[MASK]\":4", pieces, StringComparison.Ordinal);
        string like = _folder.Write("like.json", pieces);
        Assert.Equal(pieces, Made("--like", like));
        Assert.Contains("\"merges\":[]", Made("--min-frequency", "99"), StringComparison.Ordinal);
        Assert.Contains("\"vocab\":{\"w\":0", Made("--initial-alphabet", "w", "--limit-alphabet", "1"), StringComparison.Ordinal);
        Assert.DoesNotContain("\"low\"", Made("--kind", "wordpiece", "--lowercase", "--limit-alphabet", "2"), StringComparison.Ordinal);
        Assert.Contains("\"@w\"", Made("--subword-prefix", "@"), StringComparison.Ordinal);
        Assert.Contains("\"r</w>\"", Made("--word-suffix", "</w>"), StringComparison.Ordinal);
        Assert.NotEqual(Made(), Made("--max-token-length", "3"));
    }

    [Fact]
    public void What_is_wrong_is_said_and_no_file_is_left()
    {
        string text = _folder.Write("notes.txt", Text);
        string path = _folder["t.json"];
        CommandRun.Of("tokenizer", "train", text).Refused(ExitCode.Usage, "--out is missing");
        CommandRun.Of("tokenizer", "train", text, "--out", "").Refused(ExitCode.Usage, "--out is empty");
        CommandRun.Of("tokenizer", "train", _folder["none.txt"], "--out", path).Refused(ExitCode.Usage, "does not exist");
        CommandRun.Of("tokenizer", "train", text, "--out", path, "--vocab-size", "100").Refused(ExitCode.Usage, "too small");
        CommandRun.Of("tokenizer", "train", text, "--out", path, "--vocab-size", "-1").Refused(ExitCode.Usage, "vocabulary size -1");
        CommandRun.Of("tokenizer", "train", text, "--out", path, "--vocab-size", "many").Refused(ExitCode.Usage, "whole number");
        CommandRun.Of("tokenizer", "train", text, "--out", path, "--kind", "unigram").Refused(ExitCode.Usage, "bpe, wordpiece");
        CommandRun.Of("tokenizer", "train", text, "--out", path, "--special-token", "").Refused(ExitCode.Usage, "special token");
        CommandRun.Of("tokenizer", "train", text, "--out", path, "--like", text).Refused(ExitCode.ModelNotLoadable, "JSON");
        CommandRun.Of("tokenizer", "train", text, "--out", path, "--like", text, "--lowercase").Refused(ExitCode.Usage, "--like");
        CommandRun.Of("tokenizer", "train", text, "--out", path, "--json", "--csv").Refused(ExitCode.Usage, "exclude each other");
        CommandRun.Of("tokenizer", "train", "--out", path).Refused(ExitCode.Failure, "nothing to learn from");
        CommandRun.With(new Conditions { InputIsRedirected = false }, "tokenizer", "train", "--out", path).Refused(ExitCode.Usage, "there is no text");
        CommandRun.Of("tokenizer").Refused(ExitCode.Usage, "command");
        Assert.Equal([text], Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_file_that_exists_stays_unless_forced()
    {
        string text = _folder.Write("notes.txt", Text);
        string path = _folder.Write("t.json", "mine");
        CommandRun.Of("tokenizer", "train", text, "--out", path).Refused(ExitCode.Failure, "--force replaces it");
        Assert.Equal("mine", File.ReadAllText(path));
        CommandRun.Of("tokenizer", "train", text, "--out", path, "--force").Succeeded();
        Assert.NotEqual("mine", File.ReadAllText(path));
    }

    [Fact]
    public void Cancelled_it_leaves_no_file()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        CommandRun.With(new Conditions { Input = Text, Cancellation = stop.Token }, "tokenizer", "train", "--out", _folder["t.json"]).Refused(130, "cancelled");
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_bar_says_how_far_it_is_and_is_taken_away()
    {
        using var error = new StringWriter();
        using (var bar = new TrainingBar(error, null, TimeSpan.Zero))
        {
            bar.Report(new TrainingProgress(TrainingStage.Merging, 300, 600));
            Assert.Contains("████████████░░░░░░░░░░░░ 300 of 600 tokens", error.ToString(), StringComparison.Ordinal);
        }

        Assert.EndsWith(" \r", error.ToString(), StringComparison.Ordinal);
        using var counting = new StringWriter();
        using var other = new TrainingBar(counting, null, TimeSpan.Zero);
        other.Report(new TrainingProgress(TrainingStage.Counting, 5_000_000, null));
        Assert.Contains("5 million characters counted", counting.ToString(), StringComparison.Ordinal);
        using var early = new TrainingBar(counting, null, TimeSpan.FromHours(1));
        early.Report(new TrainingProgress(TrainingStage.Merging, 300, 600));
        Assert.DoesNotContain("tokens", counting.ToString(), StringComparison.Ordinal);
    }

    private string Trained(string input, params string[] args)
    {
        CommandRun.With(new Conditions { Input = input }, ["tokenizer", "train", .. args, "--vocab-size", "280", "--out", _folder["t.json"], "--force"]).Succeeded();
        return File.ReadAllText(_folder["t.json"]);
    }
}
