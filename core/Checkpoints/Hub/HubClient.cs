namespace Gptx.Checkpoints.Hub;

/// <summary>
/// Brings models from the hub into its cache, as huggingface_hub's <c>hf_hub_download</c> and <c>snapshot_download</c> do, so that each finds what
/// the other pulled. Any number of processes may pull the same model: each file is downloaded once.
/// </summary>
public sealed class HubClient : IDisposable
{
    private const int AtOnce = 4;
    private readonly HubSettings _settings;
    private readonly HubConnection _connection;
    private readonly HubListing _listing;
    private readonly HubCache _cache;

    /// <summary>A client; it opens no connection before it is asked for something.</summary>
    /// <param name="settings">Where the hub is and where its cache lies.</param>
    /// <param name="notice">Told, in a sentence, what a person may want to know while waiting: that an attempt failed and is made again.</param>
    public HubClient(HubSettings settings, Action<string>? notice = null)
    {
        _settings = settings;
        _cache = new HubCache(settings.Cache, settings.UseLinks);
        _connection = new HubConnection(settings, notice);
        _listing = new HubListing(_connection, _cache, settings);
    }

    /// <summary>What pulling a model takes; only its list of files, and the index of its shards, are downloaded for that.</summary>
    /// <exception cref="GptxException">There is no such model or revision, it is gated, the hub cannot be reached: docs/errors.md, 'The hub'.</exception>
    public async Task<PullPlan> PlanAsync(HubModelName model, ModelPart part = ModelPart.Model, CancellationToken cancellation = default)
    {
        var commit = await _listing.Commit(model, cancellation);
        var files = await _listing.Files(model, commit, cancellation);
        var needed = ModelFiles.Choose(files, model, part);
        if (part != ModelPart.Everything && needed.FirstOrDefault(ModelFiles.IsShardIndex) is { } index)
        {
            var path = await Bring(model, commit, index, _ => { }, cancellation);
            needed = ModelFiles.WithShards(files, needed, path, model);
        }

        var missing = needed.Where(file => !_cache.Has(model, commit, file)).ToList();
        return new PullPlan(
            model.Id, model.RevisionOrMain, commit, needed, needed.Sum(file => file.Size), missing.Count, missing.Sum(file => file.Size), _cache.Snapshot(model, commit));
    }

    /// <summary>Pulls what a plan says.</summary>
    /// <exception cref="GptxException">As <see cref="PlanAsync"/>; and the cache cannot be written, the disk is full, the hub lies.</exception>
    public async Task<PulledModel> PullAsync(HubModelName model, PullPlan plan, IProgress<PullProgress>? progress = null, CancellationToken cancellation = default)
    {
        var missing = plan.Files.Where(file => !_cache.Has(model, plan.Commit, file)).ToList();
        if (missing.Count > 0)
        {
            ThrowIfTooLarge(missing);
            var counter = new PullCounter(model.Id, missing, progress);
            try
            {
                await Parallel.ForEachAsync(missing, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (file, stop) =>
                {
                    await Bring(model, plan.Commit, file, counter.Add, stop);
                    counter.Finish(file);
                });
            }
            catch (GptxException error) when (error.ErrorId is "HubDiskFull" or "HubCacheNotWritable" or "HubHashWrong" or "HubLengthWrong")
            {
                ForgetParts(model, missing);
                throw;
            }
        }

        WriteRef(model, plan.Commit, missing.Count > 0);
        var entry = ModelFiles.Entry(plan.Files, model);
        return new PulledModel(
            model.Id, model.RevisionOrMain, plan.Commit, entry is null ? plan.Folder : _cache.Pointer(model, plan.Commit, entry),
            plan.Files.Count, plan.Bytes, missing.Count, missing.Sum(file => file.Size));
    }

    /// <summary>One file of a model, as <c>hf_hub_download</c>: from the cache if the hub says that it is still the same.</summary>
    /// <param name="model">The model.</param>
    /// <param name="file">The file's path in the repository.</param>
    /// <param name="force">Whether it is downloaded again where the cache has it.</param>
    /// <param name="cancellation">Stops it; what came so far is kept for the next time.</param>
    /// <returns>Its path in the snapshot.</returns>
    /// <exception cref="GptxException"><c>HubFileNotFound</c>, which leaves a mark in the cache; as <see cref="PullAsync"/>.</exception>
    public async Task<string> DownloadFileAsync(HubModelName model, string file, bool force = false, CancellationToken cancellation = default)
    {
        HubFileName.Check(file, model);
        if (!force && (model.IsCommit || _settings.Offline) && _cache.Commit(model) is { } known && File.Exists(_cache.Pointer(model, known, file)))
        {
            return _cache.Pointer(model, known, file);
        }

        try
        {
            var head = await _listing.Head(model, model.RevisionOrMain, file, null, cancellation);
            var path = _cache.Pointer(model, head.Commit, file);
            if (force || !(File.Exists(path) && HubCache.HasSize(path, head.Size)))
            {
                await Fetch(model, file, head, force, _ => { }, cancellation);
            }

            WriteRef(model, head.Commit, isNeeded: true);
            return path;
        }
        catch (AbsentFile absent) when (HubModelName.IsCommitHash(absent.Commit))
        {
            _cache.MarkAbsent(model, absent.Commit, file);
            _cache.WriteRef(model, absent.Commit);
            throw absent.Error;
        }
        catch (AbsentFile absent)
        {
            throw absent.Error;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private async Task<string> Bring(HubModelName model, string commit, HubFile file, Action<long> report, CancellationToken cancellation)
    {
        if (_cache.Has(model, commit, file))
        {
            return _cache.Pointer(model, commit, file.Name);
        }

        try
        {
            var head = await _listing.Head(model, commit, file.Name, file, cancellation);
            await Fetch(model, file.Name, head with { Commit = commit }, force: false, report, cancellation);
            return _cache.Pointer(model, commit, file.Name);
        }
        catch (AbsentFile absent)
        {
            throw absent.Error;
        }
    }

    private async Task Fetch(HubModelName model, string file, HubHead head, bool force, Action<long> report, CancellationToken cancellation)
    {
        var blob = _cache.Blob(model, head.Etag);
        var pointer = _cache.Pointer(model, head.Commit, file);
        _cache.Prepare(model);
        using var held = await _cache.Lock(model, head.Etag, cancellation);
        if (!force && File.Exists(pointer) && HubCache.HasSize(pointer, head.Size))
        {
            return; // another process was faster
        }

        var isThere = !force && File.Exists(blob) && HubCache.HasSize(blob, head.Size);
        if (!isThere)
        {
            await new BlobDownload(_connection, _settings, model, file, head, report).Run(blob, cancellation);
        }

        _cache.Point(blob, pointer, isNew: !isThere);
    }

    /// <summary>Takes away what downloads left that were stopped because another could not be: where the disk is full, or the hub lies, nothing stays.</summary>
    private void ForgetParts(HubModelName model, IEnumerable<HubFile> files)
    {
        foreach (var file in files)
        {
            var part = _cache.Blob(model, file.Etag) + ".incomplete";
            if (File.Exists(part) && FileLock.TryTake(_cache.LockPath(model, file.Etag)) is { } held)
            {
                using (held)
                {
                    BlobDownload.Forget(part);
                }
            }
        }
    }

    /// <summary>The ref comes last: who finds a commit by its name finds all of it. A cache that cannot be written and has all files stays useful.</summary>
    private void WriteRef(HubModelName model, string commit, bool isNeeded)
    {
        try
        {
            _cache.WriteRef(model, commit);
        }
        catch (GptxException) when (!isNeeded)
        {
            return;
        }
    }

    private void ThrowIfTooLarge(List<HubFile> missing)
    {
        HubCache.OnDisk(_cache.Root, () => Directory.CreateDirectory(_cache.Root));
        var needed = missing.Sum(file => file.Size);
        if (DiskSpace.Free(_cache.Root) is { } free && free < needed)
        {
            throw HubError.TooLarge(_cache.Root, needed, free);
        }
    }
}
