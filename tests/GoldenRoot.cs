namespace Gptx.Tests;

/// <summary>
/// Where the golden data lies: the folder that GPTX_GOLDEN names, relative to the repository's root, by default ../shared/golden.
/// A folder that was named but is missing fails the test; a default one, or a folder below, skips it.
/// </summary>
internal static class GoldenRoot
{
    public static string Folder(string name)
    {
        var named = Environment.GetEnvironmentVariable("GPTX_GOLDEN");
        var root = Path.GetFullPath(string.IsNullOrEmpty(named) ? "../shared/golden" : named, RepositoryRoot());
        if (!Directory.Exists(root))
        {
            Assert.SkipWhen(string.IsNullOrEmpty(named), $"no golden data at {root}");
            Assert.Fail($"GPTX_GOLDEN names {root}, which does not exist");
        }

        var folder = Path.Join(root, name);
        Assert.SkipUnless(Directory.Exists(folder), $"no golden data at {folder}");
        return folder;
    }

    public static IEnumerable<string> CaseFolders(string name) => Directory.EnumerateDirectories(Folder(name)).Order(StringComparer.Ordinal);

    private static string RepositoryRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Join(folder, "Analysis.sln")))
            {
                return folder;
            }
        }

        return Directory.GetCurrentDirectory();
    }
}
