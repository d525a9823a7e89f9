using System.Text.RegularExpressions;
using Gptx.Tests.Checkpoints;
using Gptx.Tests.Figures;
using Gptx.Tests.Tool;

namespace Gptx.Tests.Docs;

/// <summary>Every command of docs/gallery/README.md is run and makes the picture that is there; every picture is on the page.</summary>
[Trait("Category", "Docs")]
public partial class GalleryTests
{
    private const long MostBytes = 3_000_000;
    private const long MostOfOne = 1_000_000;

    private static string Folder { get; } = Path.Join(GoldenRoot.RepositoryRoot, "docs", "gallery");

    private static string Page { get; } = File.ReadAllText(Path.Join(Folder, "README.md"));

    public static TheoryData<string, string> Commands =>
        [.. Command().Matches(Page).Select(match => new TheoryDataRow<string, string>(match.Groups["command"].Value, match.Groups["file"].Value))];

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_command_makes_its_picture(string command, string file)
    {
        using var folder = new TemporaryFolder();
        CommandRun.Of([.. Words(command).Select(word => word == file ? folder[file] : word)]).Succeeded();
        SvgComparison.Same(File.ReadAllText(Path.Join(Folder, file)), File.ReadAllText(folder[file]));
    }

    [Fact]
    public void Every_picture_is_on_the_page_with_its_command()
    {
        var made = Commands.Select(row => row.Data.Item2).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(made, Picture().Matches(Page).Select(match => match.Groups["file"].Value).Order(StringComparer.Ordinal));
        Assert.Equal(made, Directory.EnumerateFiles(Folder, "*.svg").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_gallery_is_small()
    {
        long[] sizes = [.. Directory.EnumerateFiles(Folder).Select(path => new FileInfo(path).Length)];
        Assert.True(sizes.Max() < MostOfOne, $"a file has {sizes.Max()} bytes");
        Assert.True(sizes.Sum() < MostBytes, $"all files have {sizes.Sum()} bytes");
    }

    private static IEnumerable<string> Words(string command) => Word().Matches(command).Select(match =>
        match.Groups["quoted"].Success ? match.Groups["quoted"].Value.Replace("\\\"", "\"", StringComparison.Ordinal) : match.Value);

    [GeneratedRegex(@"^\$ gptx (?<command>.* --figure (?<file>\S+))\r?$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Command();

    [GeneratedRegex(@"!\[[^\]]+\]\((?<file>[^)]+)\)", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Picture();

    [GeneratedRegex("""(?<!\\)"(?<quoted>(\\"|[^"])*)"|[^\s"]+""", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Word();
}
