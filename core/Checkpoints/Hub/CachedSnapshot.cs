namespace Gptx.Checkpoints.Hub;

/// <summary>A model as it lies in the cache, if all of it does: what Python pulled is used as it is, what is there in part is not.</summary>
internal static class CachedSnapshot
{
    /// <summary>The folder of the snapshot, or the chosen file in it; null where it is not there, or not whole.</summary>
    public static string? Find(HubCache cache, HubModelName model, ModelPart part)
    {
        if (cache.Commit(model) is not { } commit || !Directory.Exists(cache.Snapshot(model, commit)))
        {
            return null;
        }

        var here = Here(cache.Snapshot(model, commit));
        var listed = HubTree.Read(cache.Tree(model, commit));
        return Whole(cache, model, commit, listed ?? here, part, out var isChosen)
            ?? (listed is null || isChosen ? null : Whole(cache, model, commit, here, part, out _));
    }

    /// <summary>The files that are in a snapshot's folder.</summary>
    public static IReadOnlyList<HubFile> Here(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(File.Exists).Order(StringComparer.Ordinal).Select(path => new HubFile(
            Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/'), Length(path), "")),
    ];

    /// <summary>The length of a file, or of what it is a link to.</summary>
    public static long Length(string path)
    {
        using var opened = File.OpenHandle(path);
        return RandomAccess.GetLength(opened);
    }

    private static string? Whole(HubCache cache, HubModelName model, string commit, IReadOnlyList<HubFile> files, ModelPart part, out bool isChosen)
    {
        isChosen = false;
        try
        {
            var needed = ModelFiles.Choose(files, model, part);
            isChosen = true;
            if (needed.FirstOrDefault(ModelFiles.IsShardIndex) is { } index)
            {
                var path = cache.Pointer(model, commit, index.Name);
                if (!File.Exists(path))
                {
                    return null;
                }

                needed = ModelFiles.WithShards(files, needed, path, model);
            }

            var folder = cache.Snapshot(model, commit);
            return !needed.All(file => cache.Has(model, commit, file)) ? null
                : ModelFiles.Entry(files, model) is { } entry ? cache.Pointer(model, commit, entry)
                : folder;
        }
        catch (GptxException)
        {
            return null; // nothing in there is a model: the hub may have one, and says why where it has not
        }
    }
}
