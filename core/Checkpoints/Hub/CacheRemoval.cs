namespace Gptx.Checkpoints.Hub;

/// <summary>What a removal takes away, or has taken.</summary>
/// <param name="Name">org/name.</param>
/// <param name="Commits">The commits whose snapshots go.</param>
/// <param name="Revisions">The branches and tags that were these.</param>
/// <param name="Files">Blobs that no other commit uses, and files of snapshots without links.</param>
/// <param name="Bytes">The bytes of those.</param>
/// <param name="Folder">The model's folder in the cache.</param>
public sealed record RemovedModel(string Name, IReadOnlyList<string> Commits, IReadOnlyList<string> Revisions, int Files, long Bytes, string Folder)
{
    /// <summary>The name, and how much it was.</summary>
    public override string ToString() => $"{Name} ({Files} files, {ByteSize.Text(Bytes)})";
}

/// <summary>Takes a model, or one commit of it, out of the cache: snapshots and refs, and the blobs that no other commit uses.</summary>
public sealed class CacheRemoval
{
    private readonly HubCache _cache;
    private readonly HubModelName _model;
    private readonly List<string> _commits;
    private readonly List<string> _blobs;
    private readonly bool _isWhole;

    private CacheRemoval(HubCache cache, HubModelName model)
    {
        (_cache, _model) = (cache, model);
        var folder = cache.ModelFolder(model);
        var snapshots = Path.Join(folder, "snapshots");
        List<string> all = Directory.Exists(snapshots) ? [.. Directory.EnumerateDirectories(snapshots).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)] : [];
        _commits = model.Revision is null ? all : [.. all.Where(commit => commit == cache.Commit(model))];
        _isWhole = model.Revision is null || _commits.Count == all.Count;
        var kept = all.Except(_commits, StringComparer.Ordinal).SelectMany(commit => BlobsOf(cache.Snapshot(model, commit))).ToHashSet(StringComparer.Ordinal);
        var blobs = Path.Join(folder, "blobs");
        var ours = _isWhole && Directory.Exists(blobs)
            ? Directory.EnumerateFiles(blobs).Select(path => Path.GetFileName(path))
            : _commits.SelectMany(commit => BlobsOf(cache.Snapshot(model, commit)));
        _blobs = [.. ours.Distinct(StringComparer.Ordinal).Where(blob => !kept.Contains(blob) && File.Exists(cache.Blob(model, blob))).Order(StringComparer.Ordinal)];
        var plain = _commits.SelectMany(commit => Plain(cache.Snapshot(model, commit))).ToList();
        Plan = new RemovedModel(
            model.Id,
            _commits,
            [.. CachedModels.Refs(folder).Where(entry => _isWhole || _commits.Contains(entry.Commit, StringComparer.Ordinal)).Select(entry => entry.Revision)],
            _blobs.Count + plain.Count,
            _blobs.Sum(blob => new FileInfo(cache.Blob(model, blob)).Length) + plain.Sum(file => file.Length),
            folder);
    }

    /// <summary>What it takes away.</summary>
    public RemovedModel Plan { get; }

    /// <summary>Looks at what would go; nothing goes yet.</summary>
    /// <exception cref="GptxException"><c>ModelNotCached</c>; the cache cannot be read.</exception>
    public static CacheRemoval Of(HubSettings settings, HubModelName model)
    {
        try
        {
            var cache = new HubCache(settings.Cache, settings.UseLinks);
            var removal = Directory.Exists(cache.ModelFolder(model)) ? new CacheRemoval(cache, model) : null;
            return removal is not null && (model.Revision is null || removal._commits.Count > 0)
                ? removal
                : throw HubError.Model("ModelNotCached", $"{model} is not in the hub's cache {settings.Cache}: 'gptx model list' shows what is");
        }
        catch (Exception error) when (CheckpointError.IsAboutTheFile(error))
        {
            throw CheckpointError.NotReadable(settings.Cache, error);
        }
    }

    /// <summary>Takes it away. Names go before contents, so that who looks meanwhile finds a model whole or not at all.</summary>
    /// <exception cref="GptxException"><c>HubCacheNotWritable</c>; <c>ModelInUse</c>: another process is downloading a file of it.</exception>
    public RemovedModel Remove()
    {
        var locks = new List<FileLock>();
        try
        {
            var canBeLocked = Directory.Exists(Path.GetDirectoryName(_cache.LockPath(_model, "etag")));
            foreach (var etag in canBeLocked ? _blobs.Select(EtagOf).Distinct(StringComparer.Ordinal) : [])
            {
                locks.Add(FileLock.TryTake(_cache.LockPath(_model, etag)) ?? throw new GptxException(
                    GptxErrorKind.OutputNotWritable, "ModelInUse", $"{_model.Id} is being downloaded by another process: try again when that has ended"));
            }

            HubCache.OnDisk(Plan.Folder, Delete);
            return Plan;
        }
        finally
        {
            locks.ForEach(held => held.Dispose());
        }
    }

    private void Delete()
    {
        foreach (var revision in Plan.Revisions)
        {
            File.Delete(Path.Join(Plan.Folder, "refs", revision));
        }

        foreach (var commit in _commits)
        {
            Directory.Delete(_cache.Snapshot(_model, commit), recursive: true);
            if (File.Exists(_cache.Tree(_model, commit)))
            {
                File.Delete(_cache.Tree(_model, commit)); // older versions of huggingface_hub write none, and no folder for them
            }

            if (Directory.Exists(Path.Join(Plan.Folder, ".no_exist", commit)))
            {
                Directory.Delete(Path.Join(Plan.Folder, ".no_exist", commit), recursive: true);
            }
        }

        foreach (var blob in _blobs)
        {
            File.Delete(_cache.Blob(_model, blob));
        }

        if (_isWhole)
        {
            Directory.Delete(Plan.Folder, recursive: true);
        }
    }

    private static string EtagOf(string blob) => blob.Split('.')[0];

    private static IEnumerable<string> BlobsOf(string snapshot) => Directory.EnumerateFiles(snapshot, "*", SearchOption.AllDirectories)
        .Select(path => new FileInfo(path).LinkTarget).OfType<string>().Select(target => Path.GetFileName(target));

    private static IEnumerable<FileInfo> Plain(string snapshot) => Directory.EnumerateFiles(snapshot, "*", SearchOption.AllDirectories)
        .Select(path => new FileInfo(path)).Where(file => file.LinkTarget is null);
}
