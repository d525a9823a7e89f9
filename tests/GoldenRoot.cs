namespace Gptx.Tests;

/// <summary>
/// Where the golden data lies: the folder that GPTX_GOLDEN names, relative to the repository's root; without it ../shared/golden.
/// GPTX_GOLDEN set to a folder that does not exist fails a test; data that is not there by default, or a missing subfolder, skips it.
/// </summary>
internal static class GoldenRoot
{
    private const string Variable = "GPTX_GOLDEN";

    public static string RepositoryRoot { get; } = FindRepositoryRoot();

    /// <summary>The path of a subfolder (or file) of the golden root; skips or fails the test where there is none.</summary>
    public static string Folder(string name)
    {
        string? given = Environment.GetEnvironmentVariable(Variable);
        string root = Path.GetFullPath(Path.Combine(RepositoryRoot, string.IsNullOrEmpty(given) ? "../shared/golden" : given));
        if (!Directory.Exists(root))
        {
            Assert.True(string.IsNullOrEmpty(given), $"{Variable} is '{given}', but '{root}' does not exist.");
            Assert.Skip($"No golden data at '{root}'; set {Variable} to use other.");
        }

        string folder = Path.Combine(root, name);
        Assert.SkipUnless(Path.Exists(folder), $"The golden root has no '{name}'.");
        return folder;
    }

    /// <summary>The folders below a subfolder, by name; skips or fails the test where there is no such subfolder.</summary>
    public static IEnumerable<string> CaseFolders(string name) => Directory.EnumerateDirectories(Folder(name)).Order(StringComparer.Ordinal);

    private static string FindRepositoryRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Analysis.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No Analysis.sln above '{AppContext.BaseDirectory}'.");
    }
}
