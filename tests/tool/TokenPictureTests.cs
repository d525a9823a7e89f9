using Gptx.Tests.Checkpoints;

namespace Gptx.Tests.Tool;

/// <summary>Tokens on a terminal: the text cut into coloured tokens, their number, and a table.</summary>
public class TokenPictureTests
{
    private static readonly Conditions Terminal = new() { IsTerminal = true, Variables = { ["TERM"] = "xterm-256color" } };
    private static readonly Conditions Plain = new() { IsTerminal = true, Variables = { ["NO_COLOR"] = "1" } };

    [Fact]
    public void Tokens_have_colours_and_spaces_and_line_ends_are_seen()
    {
        var output = CommandRun.With(Terminal, "tokenize", "Once upon\na time").Succeeded().Out;
        Assert.Contains("\u001b[", output, StringComparison.Ordinal);
        var strip = Bare(output).Split("\n\n")[0];
        Assert.Equal("Once·upon↵\na·time", strip);
        Assert.Contains("5 tokens, 16 characters: 3.20 a token", output, StringComparison.Ordinal);
        Assert.Contains("8035", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_colour_a_bar_stands_between()
    {
        var output = CommandRun.With(Plain, "tokenize", "Once upon a time").Succeeded().Out;
        Assert.DoesNotContain("\u001b", output, StringComparison.Ordinal);
        Assert.StartsWith("Once|·upon|·a|·time", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Tokens_that_share_a_character_show_it_once() =>
        Assert.StartsWith("·🙂×4", Bare(CommandRun.With(Terminal, "tokenize", " 🙂").Succeeded().Out), StringComparison.Ordinal);

    [Fact]
    public void A_text_cannot_move_the_cursor() =>
        Assert.DoesNotContain("\u001b[2J", CommandRun.With(Terminal, "tokenize", "a\u001b[2Jb").Succeeded().Out, StringComparison.Ordinal);

    [Fact]
    public void Redirected_it_is_as_ever() =>
        Assert.Equal(4, CommandRun.Of("tokenize", "Once upon a time").Lines.Count);

    [Fact]
    public void A_tokenizer_alone_is_enough()
    {
        using var folder = new TemporaryFolder();
        File.Copy(Path.Join(GoldenRoot.RepositoryRoot, "models", "default-v1", "tokenizer.json"), folder["tokenizer.json"]);
        folder.Write("config.json", """{"model_type": "nobody-knows-it"}""");
        foreach (var model in (string[])[folder.Path, folder["tokenizer.json"]])
        {
            var ids = CommandRun.Of("tokenize", "Once upon a time", "--model", model).Succeeded().Lines.Select(line => line.GetProperty("id").GetInt32());
            Assert.Equal("Once upon a time\n", CommandRun.Of("detokenize", string.Join(',', ids), "--model", model).Succeeded().Out);
            Assert.Equal(8192, CommandRun.Of("tokenizer", "info", "--model", model).Succeeded().Lines[0].GetProperty("size").GetInt32());
        }

        CommandRun.Of("tokenize", string.Concat(Enumerable.Repeat("king ", 9)), "--truncate", "--model", folder.Path).Refused(2, "how long the context is");
    }

    [Fact]
    public void A_file_is_measured_as_one_text()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("text.txt", "Once upon a time\nthere was a king.\n");
        var line = CommandRun.Of("tokenizer", "info", "--input", path).Succeeded().Lines[0];
        Assert.Equal(35, line.GetProperty("characters").GetInt32());
        Assert.Equal(line.GetProperty("charactersPerToken").GetDouble(), 35.0 / line.GetProperty("tokens").GetInt32());
        CommandRun.Of("tokenizer", "info", "text", "--input", path).Refused(2, "exclude each other");
    }

    private static string Bare(string text) => System.Text.RegularExpressions.Regex.Replace(text, "\u001b\\[[0-9;]*m", "", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));
}
