using Gptx.Tests.Checkpoints;
using Gptx.Tool;

namespace Gptx.Tests.Tool;

/// <summary>What is wrong on the command line or in the input is one line, with its exit code.</summary>
public class BadCommandLineTests
{
    [Theory]
    [InlineData("there is no command 'nonsense'", "nonsense")]
    [InlineData("a command is missing")]
    [InlineData("--top 'many' is not a whole number", "next", "Hi", "--top", "many")]
    [InlineData("top 0 is not allowed", "next", "Hi", "--top", "0")]
    [InlineData("temperature NaN is not allowed", "generate", "Hi", "--temperature", "NaN")]
    [InlineData("temperature -1 is not allowed", "generate", "Hi", "--temperature", "-1")]
    [InlineData("top-p 2 is not allowed", "generate", "Hi", "--top-p", "2")]
    [InlineData("--seed '-3' is not a whole number", "generate", "Hi", "--seed", "-3")]
    [InlineData("there is no option '--nonsense'", "generate", "Hi", "--nonsense")]
    [InlineData("--metric 'warm' is not known: it may be cosine, dot, euclidean", "nearest", "king", "--metric", "warm")]
    [InlineData("--ids '5,x' cannot be read", "next", "--ids", "5,x")]
    [InlineData("exclude each other", "next", "Hi", "--ids", "5")]
    [InlineData("exclude each other", "next", "Hi", "--json", "--csv")]
    [InlineData("precision 'int3' is not supported", "next", "Hi", "--precision", "int3")]
    [InlineData("device 'tpu' is not known", "next", "Hi", "--device", "tpu")]
    [InlineData("threads -1 is not allowed", "next", "Hi", "--threads", "-1")]
    [InlineData("batch-size 0 is not allowed", "next", "Hi", "--batch-size", "0")]
    [InlineData("layer 99 does not exist", "hidden", "Hi", "--layer", "99")]
    [InlineData("block 99 does not exist", "attention", "Hi", "--block", "99")]
    [InlineData("no activation is named 'blocks.0.nothing'", "activation", "Hi", "--name", "blocks.0.nothing")]
    [InlineData("give at least three", "odd", "king", "queen")]
    [InlineData("cannot be read: write words with + or - between them", "analogy", "king man")]
    [InlineData("does not exist", "next", "--input", "no-such-file.txt")]
    [InlineData("JSON lines", "next", "Hi", "--keep", "id")]
    [InlineData("shell 'fish' is not known", "completion", "fish")]
    [InlineData("layer 99 does not exist", "lens", "Hi", "--layer", "99")]
    [InlineData("top 0 is not allowed", "lens", "Hi", "--top", "0")]
    [InlineData("position 9 does not exist", "lens", "Hi", "--position", "9")]
    [InlineData("repeat 1 is not allowed", "heads", "Hi", "--repeat", "1")]
    [InlineData("leave --head out", "attention", "Hi", "--rollout", "--head", "0")]
    [InlineData("name one, for example with the space before it", "attribute", "Hi", "--token", "two words")]
    [InlineData("--against does not go with --method occlusion", "attribute", "Hi", "--method", "occlusion", "--against", "#3")]
    [InlineData("--method 'half' is not known: it may be zero, mean", "ablate", "Hi", "--method", "half")]
    [InlineData("head 9 does not exist", "ablate", "Hi", "--head", "9")]
    [InlineData("patch wants two texts", "patch", "Hi")]
    [InlineData("--what 'all' is not known", "patch", "Hi", "Ho", "--what", "all")]
    [InlineData("--block is missing", "steer", "Hi", "--toward", "a", "--from", "b")]
    [InlineData("the direction is missing", "steer", "Hi", "--block", "0", "--toward", "a")]
    [InlineData("does not exist", "steer", "Hi", "--block", "0", "--vector", "no-such-file.npy")]
    [InlineData("bins 0 is not allowed", "weights", "--bins", "0")]
    [InlineData("name them with --matrix", "weights", "--average", "8")]
    [InlineData("no matrix is named 'nothing'", "weights", "--matrix", "nothing")]
    [InlineData("a window of 999 moved by 999 is not allowed", "weights", "--matrix", "*.0.attn.c_proj.weight", "--average", "999")]
    [InlineData("the sizes of 'gpt5' are not known", "model", "info", "--beside", "gpt5")]
    [InlineData("give --positions too", "embed", "Hi", "--sinusoidal", "4")]
    [InlineData("head 99 does not exist", "explain", "attention", "Hi", "--head", "99")]
    [InlineData("does not exist", "nearest", "king", "--in", "no-such-file.jsonl")]
    [InlineData("tolerance NaN is not allowed", "model", "verify", ".", "--tolerance", "NaN")]
    public void A_wrong_command_line_is_a_usage_error(string says, params string[] args) => CommandRun.Of(args).Refused(ExitCode.Usage, says);

    [Fact]
    public void A_text_that_begins_with_dashes_stands_behind_two()
    {
        CommandRun.Of("tokenize", "--", "--nonsense").Succeeded();
        CommandRun.Of("tokenize", "--nonsense is a text").Succeeded();
        CommandRun.Of("tokenize", "-1").Succeeded();
    }

    [Fact]
    public void No_text_at_a_terminal_is_a_usage_error() =>
        CommandRun.With(new Conditions { InputIsRedirected = false }, "next").Refused(ExitCode.Usage, "there is no text");

    [Fact]
    public void Empty_standard_input_is_a_usage_error() => CommandRun.Of("next").Refused(ExitCode.Usage, "standard input is empty");

    [Theory]
    [InlineData("the text is empty", "generate", "")]
    [InlineData("token id 999999 at position 1 is not in the vocabulary", "generate", "--ids", "5,999999")]
    [InlineData("token id -1 at position 0", "next", "--ids", "-1")]
    [InlineData("is no list of token ids", "detokenize", "five")]
    public void A_wrong_text_is_a_failure(string says, params string[] args) => CommandRun.Of(args).Refused(ExitCode.Failure, says);

    [Fact]
    public void A_text_longer_than_the_context_is_an_error_unless_it_is_cut()
    {
        var text = string.Join(' ', Enumerable.Repeat("word", 2000));
        CommandRun.Of("next", text).Refused(ExitCode.Failure, "this model's context is");
        CommandRun.Of("next", text, "--truncate", "--top", "1").Succeeded();
        CommandRun.Of("generate", text, "--truncate", "--max-tokens", "2").Succeeded();
        CommandRun.Of("score", text, "--stride", "128", "--csv").Succeeded();
    }

    [Theory]
    [InlineData("a\0b")]
    [InlineData("half \ud83d a pair")]
    [InlineData("\udc00")]
    public void NUL_and_halves_of_pairs_are_text(string text)
    {
        foreach (var form in new[] { "--json", "--jsonl", "--csv" })
        {
            CommandRun.Of("tokenize", text, form).Succeeded();
            CommandRun.Of("generate", text, "--max-tokens", "1", form).Succeeded();
        }

        CommandRun.Of("generate", text, "--max-tokens", "1").Succeeded();
        CommandRun.With(new Conditions { IsTerminal = true }, "next", text).Succeeded();
    }

    [Fact]
    public void Some_rows_that_fail_are_reported_and_the_others_go_on()
    {
        var run = CommandRun.With(new Conditions { Input = "one\n\nthree\n" }, "next", "--top", "1");
        Assert.Equal(ExitCode.SomeRowsFailed, run.Code);
        Assert.Equal([0, 2], run.Lines.Select(line => line.GetProperty("index").GetInt32()));
        Assert.Equal("gptx: row 2: the text is empty: a model needs at least one token\n", run.Error.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void A_row_of_a_batch_that_is_too_long_does_not_take_the_others_with_it()
    {
        var run = CommandRun.With(new Conditions { Input = "one\n" + string.Concat(Enumerable.Repeat("word ", 2000)) + "\nthree\n" }, "next", "--top", "1");
        Assert.Equal(ExitCode.SomeRowsFailed, run.Code);
        Assert.Equal([0, 2], run.Lines.Select(line => line.GetProperty("index").GetInt32()));
        Assert.StartsWith("gptx: row 2: the text has ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_that_are_no_JSON_or_lack_the_field_are_reported()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("rows.jsonl", "{\"text\":\"one\"}\n{\"words\":\"two\"}\nthree\n[4]\n{\"text\":\"\\ud83d\"}\n");
        var run = CommandRun.Of("next", "--input", path, "--top", "1");
        Assert.Equal(ExitCode.SomeRowsFailed, run.Code);
        Assert.Single(run.Lines);
        Assert.Contains("row 2: the row cannot be read: it has no field 'text'; its fields are words", run.Error, StringComparison.Ordinal);
        Assert.Contains("row 3: the row cannot be read: it is not JSON", run.Error, StringComparison.Ordinal);
        Assert.Contains("row 4: the row cannot be read: it is not a JSON object", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Verbose_shows_the_id_of_an_error() =>
        Assert.EndsWith("[TextEmpty]\n", CommandRun.Of("next", "", "--verbose").Error.ReplaceLineEndings("\n"), StringComparison.Ordinal);

    [Fact]
    public void A_cancelled_run_says_so_and_leaves_no_file()
    {
        using var folder = new TemporaryFolder();
        using var source = new CancellationTokenSource();
        source.Cancel();
        CommandRun.With(new Conditions { Cancellation = source.Token }, "generate", "Hi", "--out", folder["out.txt"]).Refused(ExitCode.Cancelled, "cancelled");
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }
}
