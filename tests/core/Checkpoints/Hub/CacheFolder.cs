namespace Gptx.Tests.Checkpoints.Hub;

/// <summary>What lies in a cache: files with contents, links with targets.</summary>
internal static class CacheFolder
{
    /// <summary>Path, and content or target of the link, of everything but folders.</summary>
    public static SortedDictionary<string, string> Contents(string root)
    {
        var contents = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in Directory.Exists(root) ? Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories) : [])
        {
            var name = Path.GetRelativePath(root, path).Replace(Path.DirectorySeparatorChar, '/');
            contents.Add(name, new FileInfo(path).LinkTarget is { } target ? $"-> {target}" : Convert.ToHexString(File.ReadAllBytes(path)));
        }

        return contents;
    }

    /// <summary>Nothing half-written: no part of a download, no temporary file.</summary>
    public static void AssertClean(string root) => Assert.DoesNotContain(
        Contents(root).Keys,
        name => name.EndsWith(".incomplete", StringComparison.Ordinal) || name.EndsWith(".tmp", StringComparison.Ordinal));
}
