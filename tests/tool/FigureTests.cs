using System.Xml.Linq;
using Gptx.Tests.Checkpoints;
using Gptx.Tool;

namespace Gptx.Tests.Tool;

/// <summary>--figure: a file beside the results, whole or not at all.</summary>
public class FigureTests
{
    /// <summary>Headings of <see cref="Commands"/> whose command has a figure.</summary>
    public static TheoryData<string> WithFigure =>
    [
        "next", "score", "tokenize", "embed", "embed --tokens", "embed --positions", "nearest", "nearest --in", "analogy", "similarity", "hidden", "attention", "attention --rollout", "activation",
        "lens", "heads", "attribute", "attribute --method occlusion", "ablate", "patch", "weights", "weights --matrix", "explain attention", "project", "group",
    ];

    [Theory]
    [MemberData(nameof(WithFigure))]
    public void A_figure_is_drawn_and_the_results_are_as_without(string heading)
    {
        using var folder = new TemporaryFolder();
        var run = Commands.Run(heading, "--figure", folder["figure.svg"]);
        Assert.Equal(Commands.Run(heading).Out, run.Out);
        Assert.Equal("svg", XDocument.Load(folder["figure.svg"]).Root!.Name.LocalName);
        Assert.Single(Directory.EnumerateFiles(folder.Path));
    }

    [Fact]
    public void The_ending_says_the_format()
    {
        using var folder = new TemporaryFolder();
        CommandRun.Of("attention", "Hi there", "--block", "0", "--figure", folder["a.HTML"]).Succeeded();
        Assert.StartsWith("<!doctype html>", File.ReadAllText(folder["a.HTML"]), StringComparison.Ordinal);
        CommandRun.Of("attention", "Hi there", "--block", "0", "--figure", folder["a.png"]).Succeeded();
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], File.ReadAllBytes(folder["a.png"])[..4]);
        CommandRun.Of("attention", "Hi", "--figure", folder["a.jpg"]).Refused(ExitCode.Usage, ".svg, .html or .png");
        CommandRun.Of("attention", "Hi", "--figure", folder["a"]).Refused(ExitCode.Usage, ".svg, .html or .png");
        CommandRun.Of("attention", "Hi", "--figure", "").Refused(ExitCode.Usage, "--figure is empty");
        CommandRun.Of("generate", "Hi", "--figure", folder["b.svg"]).Refused(ExitCode.Usage, "there is no option '--figure'");
    }

    [Fact]
    public void What_is_no_matrix_is_no_picture()
    {
        using var folder = new TemporaryFolder();
        var run = CommandRun.Of("next", "Hi", "--out", folder["next.json"], "--figure", folder["next.png"]);
        run.Refused(ExitCode.Usage, "write .svg or .html");
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_file_that_exists_stays_unless_forced_and_is_looked_at_first()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("a.svg", "mine");
        CommandRun.Of("next", "Hi", "--model", folder["nothing"], "--figure", path).Refused(ExitCode.Failure, "--force replaces it");
        Assert.Equal("mine", File.ReadAllText(path));
        CommandRun.Of("next", "Hi", "--figure", path, "--force").Succeeded();
        Assert.StartsWith("<svg", File.ReadAllText(path), StringComparison.Ordinal);
        CommandRun.Of("next", "Hi", "--out", folder["b.svg"], "--figure", folder["./b.svg"]).Refused(ExitCode.Usage, "are the same file");
        CommandRun.Of("next", "Hi", "--figure", folder["nowhere/b.svg"]).Refused(ExitCode.Failure, "cannot be written", mayHaveOutput: true);
    }

    [Fact]
    public void Rows_that_fail_are_not_drawn_and_without_rows_there_is_no_figure()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(ExitCode.SomeRowsFailed, CommandRun.Of("tokenize", "The", "", "--figure", folder["a.svg"]).Code);
        Assert.Contains("Tokens of &quot;The&quot;: 1", File.ReadAllText(folder["a.svg"]), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Failure, CommandRun.Of("tokenize", "", "--figure", folder["b.svg"]).Code);
        Assert.False(File.Exists(folder["b.svg"]));
    }

    [Fact]
    public void Tensors_of_activations_have_a_figure_too()
    {
        using var folder = new TemporaryFolder();
        CommandRun.Of("activation", "Hi there", "--name", "embed", "--out", folder["a.npy"], "--figure", folder["a.svg"]).Succeeded();
        Assert.True(File.Exists(folder["a.npy"]));
        Assert.Contains("embed of", File.ReadAllText(folder["a.svg"]), StringComparison.Ordinal);
    }
}
