using Gptx.Tool;

namespace Gptx.Tests.Docs;

/// <summary>Every example of README.md that begins with <c>$ gptx</c> is run, on a terminal of 90 columns, and shows what the page shows.</summary>
[Trait("Category", "Docs")]
public class ReadmeTests
{
    private const string Prompt = "$ gptx ";

    public static TheoryData<string, string> Examples()
    {
        var examples = new TheoryData<string, string>();
        string[] lines = File.ReadAllLines(Path.Combine(GoldenRoot.RepositoryRoot, "README.md"));
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].StartsWith(Prompt, StringComparison.Ordinal))
            {
                var shown = lines.Skip(i + 1).TakeWhile(line => !line.StartsWith("```", StringComparison.Ordinal));
                examples.Add(lines[i][Prompt.Length..], string.Join('\n', shown));
            }
        }

        return examples;
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_shows_what_the_page_shows(string command, string shown)
    {
        using var written = new StringWriter { NewLine = "\n" };
        using var said = new StringWriter { NewLine = "\n" };
        using var around = new Surroundings
        {
            In = TextReader.Null,
            Out = written,
            Error = said,
            InIsRedirected = false,
            OutIsTerminal = true,
            Width = 90,
            Variable = name => name == "NO_COLOR" ? "1" : null,
        };
        var code = CommandLine.Run([.. Words(command)], around, TestContext.Current.CancellationToken);
        Assert.Equal("", code == 0 ? "" : $"exit code {code}: {said}");
        Assert.Equal(Trimmed(shown), Trimmed(written.ToString()));
    }

    [Fact]
    public void The_page_has_examples() => Assert.True(Examples().Count >= 5, "README.md has fewer than five examples");

    /// <summary>Lines without trailing blanks, and no blank lines around them.</summary>
    private static string Trimmed(string text) =>
        string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd())).Trim('\n');

    private static IEnumerable<string> Words(string command) => command
        .Split('"')
        .SelectMany((part, index) => index % 2 == 1 ? [part] : part.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
