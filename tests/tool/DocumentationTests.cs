using System.Text.Json;
using System.Text.RegularExpressions;
using Gptx.Tool.Commands;

namespace Gptx.Tests.Tool;

/// <summary>docs/output.md names the fields that commands write, and no others; every command's help has examples that parse.</summary>
public partial class DocumentationTests
{
    public static TheoryData<string> Headings => [.. Commands.All.Keys];

    public static TheoryData<string> CommandNames =>
        [.. CommandTable.Names.Where(name => name is not ("model" or "tokenizer" or "explain")), "explain attention", "tokenizer info", "tokenizer train", "model pull", "model list", "model remove", "model path", "model info", "model verify", "model compare", "model convert"];

    [Theory]
    [MemberData(nameof(Headings))]
    public void Fields_are_those_of_the_document(string heading)
    {
        var fields = new List<string>();
        foreach (var line in Commands.Run(heading, "--jsonl").Lines)
        {
            Collect(line, "", fields);
        }

        Assert.Equal(Documented(heading), fields.Distinct());
    }

    [Theory]
    [MemberData(nameof(CommandNames))]
    public void Help_has_examples(string command)
    {
        var help = CommandRun.Of([.. command.Split(' '), "--help"]).Succeeded().Out;
        var examples = help[help.IndexOf("Examples:", StringComparison.Ordinal)..].Split('\n').Skip(1).Where(line => line.Trim().Length > 0).ToList();
        Assert.NotEmpty(examples);
        Assert.All(examples, example => Assert.Contains($"gptx {command}", example, StringComparison.Ordinal));
    }

    [Fact]
    public void The_root_lists_every_command()
    {
        var help = CommandRun.Of("--help").Succeeded().Out;
        Assert.All(CommandTable.Names, name => Assert.Contains($"  {name}", help, StringComparison.Ordinal));
        Assert.Equal("0.1.0", CommandRun.Of("--version").Succeeded().Out.Trim());
    }

    [Fact]
    public void Completion_answers()
    {
        Assert.Contains("nearest", CommandRun.Of("[suggest:7]", "gptx nea").Out, StringComparison.Ordinal);
        Assert.Contains("--top-p", CommandRun.Of("[suggest:20]", "gptx generate --top-").Out, StringComparison.Ordinal);
        Assert.All(new[] { "bash", "zsh", "pwsh" }, shell => Assert.Contains("suggest:", CommandRun.Of("completion", shell).Succeeded().Out, StringComparison.Ordinal));
    }

    private static void Collect(JsonElement json, string prefix, List<string> fields)
    {
        foreach (var field in json.EnumerateObject())
        {
            var name = prefix + field.Name;
            if (field.Value.ValueKind == JsonValueKind.Object)
            {
                Collect(field.Value, name + ".", fields);
            }
            else if (field.Value.ValueKind == JsonValueKind.Array && field.Value.EnumerateArray().FirstOrDefault().ValueKind == JsonValueKind.Object)
            {
                foreach (var item in field.Value.EnumerateArray())
                {
                    Collect(item, name + "[].", fields);
                }
            }
            else
            {
                fields.Add(name);
            }
        }
    }

    private static IEnumerable<string> Documented(string heading)
    {
        var text = File.ReadAllText(Path.Combine(GoldenRoot.RepositoryRoot, "docs", "output.md")).ReplaceLineEndings("\n");
        var start = text.IndexOf($"\n## {heading}\n", StringComparison.Ordinal);
        Assert.True(start >= 0, $"docs/output.md has no section '{heading}'");
        var end = text.IndexOf("\n## ", start + 1, StringComparison.Ordinal);
        return FieldName().Matches(text[start..(end < 0 ? text.Length : end)]).Select(match => match.Groups["name"].Value);
    }

    [GeneratedRegex(@"^\| `(?<name>[^`]+)` \|", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FieldName();
}
