namespace Gptx.Checkpoints;

/// <summary>
/// Where a path leads once every symbolic link on the way is followed, folders included, as realpath(3) does. A hub cache is links:
/// <c>snapshots/REV/model.safetensors</c> leads to <c>../../blobs/HASH</c>, seen from the folder that <c>REV</c> really is.
/// </summary>
internal static class RealPath
{
    /// <summary>As many links as Linux follows before it calls the path a loop.</summary>
    private const int MostLinks = 40;

    public static string Of(string path)
    {
        if (path.Contains('\0'))
        {
            throw new IOException("a path cannot hold the character NUL");
        }

        var full = Path.GetFullPath(path);
        var resolved = Path.GetPathRoot(full)!;
        var ahead = new Stack<string>();
        PushParts(ahead, full[resolved.Length..]);
        for (var links = 0; ahead.TryPop(out var part);)
        {
            if (part == "..")
            {
                resolved = Path.GetDirectoryName(resolved) ?? resolved;
                continue;
            }

            var next = Path.Join(resolved, part);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                resolved = next;
                continue;
            }

            if (++links > MostLinks)
            {
                throw new IOException($"more than {MostLinks} symbolic links, one after the other");
            }

            var root = Path.IsPathRooted(target) ? Path.GetPathRoot(Path.GetFullPath(target, resolved))! : "";
            resolved = root.Length > 0 ? root : resolved;
            PushParts(ahead, root.Length > 0 ? Path.GetFullPath(target, resolved)[root.Length..] : target);
        }

        return resolved;
    }

    private static void PushParts(Stack<string> ahead, string path)
    {
        var parts = path.Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries);
        foreach (var part in parts.Where(part => part != ".").Reverse())
        {
            ahead.Push(part);
        }
    }
}
