using System.Text.RegularExpressions;

namespace Gptx.Tests.Docs;

/// <summary>docs/errors.md lists every error id that the code can raise, and no other.</summary>
[Trait("Category", "Docs")]
public partial class ErrorPageTests
{
    [Fact]
    public void Every_error_id_is_documented()
    {
        var documented = Documented();
        var undocumented = SourceFiles()
            .SelectMany(file => RaisedId().Matches(File.ReadAllText(file)).Select(match => $"{match.Groups["id"].Value} in {Path.GetFileName(file)}"))
            .Distinct(StringComparer.Ordinal)
            .Where(entry => !documented.Contains(entry.Split(' ')[0]));
        Assert.Empty(undocumented);
    }

    [Fact]
    public void Every_documented_id_can_be_raised()
    {
        var source = string.Concat(SourceFiles().Select(File.ReadAllText));
        Assert.DoesNotContain(Documented(), id => !source.Contains($"\"{id}\"", StringComparison.Ordinal));
    }

    private static HashSet<string> Documented()
    {
        var ids = File.ReadLines(Path.Combine(GoldenRoot.RepositoryRoot, "docs", "errors.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .SelectMany(line => PageId().Matches(line.Split('|')[1]).Select(match => match.Groups["id"].Value));
        return ids.ToHashSet(StringComparer.Ordinal);
    }

    private static IEnumerable<string> SourceFiles() => ((string[])["core", "tool", "module"])
        .Select(folder => Path.Combine(GoldenRoot.RepositoryRoot, folder))
        .Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
        .Where(file => !file.Contains("node_modules", StringComparison.Ordinal) && !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    [GeneratedRegex("""(GptxErrorKind\.\w+,\s*|CheckpointError\.\w+\([^"]{0,80}?,\s*|Refuse\(|Wrong\(|Model\(|Chosen\([^"]{0,80}?,\s*)"(?<id>[A-Z]\w+)"[,)]""", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex RaisedId();

    [GeneratedRegex("`(?<id>[A-Z][A-Za-z]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PageId();
}
