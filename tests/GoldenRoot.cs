namespace Gptx.Tests;

/// <summary>Where the reference data lies: GPTX_GOLDEN, relative to the repository's root; else ../shared/golden beside it.</summary>
internal static class GoldenRoot
{
    /// <summary>The folder of one kind of reference data; skips the test where it is missing.</summary>
    public static string Folder(string name)
    {
        string folder = Path.Combine(Root(), name);
        Assert.SkipUnless(Directory.Exists(folder), $"no reference data: {name}");
        return folder;
    }

    /// <summary>The folders of the cases in it, by name.</summary>
    public static IEnumerable<string> CaseFolders(string name) => Directory.EnumerateDirectories(Folder(name)).Order(StringComparer.Ordinal);

    private static string Root()
    {
        string? named = Environment.GetEnvironmentVariable("GPTX_GOLDEN");
        string root = Path.GetFullPath(Path.Combine(Repository(), named ?? "../shared/golden"));
        Assert.True(named is null || Directory.Exists(root), $"GPTX_GOLDEN names {root}, which is missing");
        Assert.SkipUnless(Directory.Exists(root), "no reference data");
        return root;
    }

    private static string Repository()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Analysis.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("Analysis.sln is in no folder above the tests");
    }
}
