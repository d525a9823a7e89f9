namespace Gptx.Checkpoints.Hub;

/// <summary>A model at one commit, in the cache.</summary>
/// <param name="Name">org/name.</param>
/// <param name="Revisions">The branches and tags that are known to be this commit.</param>
/// <param name="Commit">The commit.</param>
/// <param name="Files">Files in its snapshot.</param>
/// <param name="Bytes">Their bytes; another commit of the model may share them.</param>
/// <param name="Usable">Whether all that loading it takes is there.</param>
/// <param name="Used">When a file of it was last read or written.</param>
/// <param name="Folder">The snapshot's folder.</param>
public sealed record CachedModel(
    string Name, IReadOnlyList<string> Revisions, string Commit, int Files, long Bytes, bool Usable, DateTimeOffset Used, string Folder)
{
    /// <summary>The name, with the commit.</summary>
    public override string ToString() => $"{Name}@{Commit}";
}

/// <summary>What is in the hub's cache, whoever put it there.</summary>
public static class CachedModels
{
    /// <summary>All models, commit by commit, in the order of their names.</summary>
    /// <exception cref="GptxException">The cache cannot be read.</exception>
    public static IReadOnlyList<CachedModel> List(HubSettings settings)
    {
        try
        {
            return !Directory.Exists(settings.Cache) ? [] :
            [
                .. Directory.EnumerateDirectories(settings.Cache).Order(StringComparer.Ordinal)
                    .SelectMany(folder => HubModelName.IdOfFolder(Path.GetFileName(folder)) is { } id ? Commits(settings, id, folder) : []),
            ];
        }
        catch (Exception error) when (CheckpointError.IsAboutTheFile(error))
        {
            throw CheckpointError.NotReadable(settings.Cache, error);
        }
    }

    /// <summary>The names of the models in the cache; none where it cannot be read. For completion, which may not fail.</summary>
    public static IReadOnlyList<string> Names(HubSettings settings)
    {
        try
        {
            return !Directory.Exists(settings.Cache)
                ? []
                : [.. Directory.EnumerateDirectories(settings.Cache).Select(folder => HubModelName.IdOfFolder(Path.GetFileName(folder))).OfType<string>().Order(StringComparer.Ordinal)];
        }
        catch (Exception error) when (CheckpointError.IsAboutTheFile(error))
        {
            return [];
        }
    }

    /// <summary>The refs of a model's folder: revision and commit.</summary>
    internal static IReadOnlyList<(string Revision, string Commit)> Refs(string modelFolder)
    {
        var folder = Path.Join(modelFolder, "refs");
        return !Directory.Exists(folder) ? [] :
        [
            .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
                .Select(path => (Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/'), HubCache.ReadRef(path) ?? ""))
                .Where(entry => entry.Item2.Length > 0),
        ];
    }

    private static IEnumerable<CachedModel> Commits(HubSettings settings, string id, string folder)
    {
        var snapshots = Path.Join(folder, "snapshots");
        var refs = Refs(folder);
        var found = Directory.Exists(snapshots) ? Directory.EnumerateDirectories(snapshots) : [];
        foreach (var snapshot in found.Order(StringComparer.Ordinal))
        {
            var commit = Path.GetFileName(snapshot);
            if (!HubModelName.IsCommitHash(commit))
            {
                continue;
            }

            var files = CachedSnapshot.Here(snapshot);
            var model = new HubModelName(id, commit);
            yield return new CachedModel(
                id,
                [.. refs.Where(entry => entry.Commit == commit).Select(entry => entry.Revision)],
                commit,
                files.Count,
                files.Sum(file => file.Size),
                CachedSnapshot.Find(new HubCache(settings.Cache, settings.UseLinks), model, ModelPart.Model) is not null || files.Any(file => GgufPath.IsGguf(file.Name)),
                Used(snapshot, files),
                snapshot);
        }
    }

    private static DateTimeOffset Used(string snapshot, IReadOnlyList<HubFile> files) => files
        .Select(file => new FileInfo(RealPath.Of(Path.Join(snapshot, file.Name))))
        .Select(file => new DateTimeOffset(file.LastAccessTimeUtc > file.LastWriteTimeUtc ? file.LastAccessTimeUtc : file.LastWriteTimeUtc))
        .DefaultIfEmpty(new DateTimeOffset(Directory.GetLastWriteTimeUtc(snapshot)))
        .Max();
}
