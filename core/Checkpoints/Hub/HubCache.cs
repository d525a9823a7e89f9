namespace Gptx.Checkpoints.Hub;

/// <summary>
/// The folder in which huggingface_hub keeps models, laid out as it does: <c>models--ORG--NAME</c> with <c>blobs/ETAG</c>,
/// <c>snapshots/COMMIT/FILE</c> (links to blobs), <c>refs/REVISION</c> (the commit), <c>.no_exist/COMMIT/FILE</c> (asked for and not there) and
/// <c>trees/COMMIT.json</c> (the listing); and <c>.locks</c> beside them. Source: huggingface_hub, file_download.py and _tree_cache.py.
/// </summary>
internal sealed class HubCache(string root, bool useLinks)
{
    private const string Tag = """
        Signature: 8a477f597d28d172789f06886806bc55
        # This file is a cache directory tag created by huggingface_hub.
        # For information about cache directory tags, see:
        #	https://bford.info/cachedir/

        """;

    private const int LongestRef = 256;
    private const string Unfinished = ".gptx.tmp";
    private static readonly TimeSpan LongestWrite = TimeSpan.FromDays(1);

    public string Root => root;

    public string ModelFolder(HubModelName model) => Path.Join(root, model.FolderName);

    public string Blob(HubModelName model, string etag) => Path.Join(ModelFolder(model), "blobs", etag);

    public string Snapshot(HubModelName model, string commit) => Path.Join(ModelFolder(model), "snapshots", commit);

    public string Pointer(HubModelName model, string commit, string file) => Path.Join(Snapshot(model, commit), Local(file));

    public string Tree(HubModelName model, string commit) => Path.Join(ModelFolder(model), "trees", commit + ".json");

    /// <summary>The commit of the name's revision as far as the cache knows; null where it does not.</summary>
    public string? Commit(HubModelName model) => model.IsCommit ? model.Revision : ReadRef(Path.Join(ModelFolder(model), "refs", Local(model.RevisionOrMain)));

    /// <summary>The commit in the file of a ref.</summary>
    public static string? ReadRef(string path)
    {
        try
        {
            var commit = File.Exists(path) && new FileInfo(path).Length <= LongestRef ? File.ReadAllText(path).Trim() : "";
            return HubModelName.IsCommitHash(commit) ? commit : null;
        }
        catch (Exception error) when (CheckpointError.IsAboutTheFile(error))
        {
            throw CheckpointError.NotReadable(path, error);
        }
    }

    /// <summary>Notes the commit of a revision; nothing to note where the revision is a commit, or is noted already.</summary>
    public void WriteRef(HubModelName model, string commit)
    {
        var path = Path.Join(ModelFolder(model), "refs", Local(model.RevisionOrMain));
        if (!model.IsCommit && ReadRef(path) != commit)
        {
            WriteWhole(path, stream => stream.Write(System.Text.Encoding.ASCII.GetBytes(commit)));
        }
    }

    /// <summary>Notes that a file is not there.</summary>
    public void MarkAbsent(HubModelName model, string commit, string file)
    {
        var path = Path.Join(ModelFolder(model), ".no_exist", commit, Local(file));
        if (!File.Exists(path))
        {
            WriteWhole(path, _ => { });
        }
    }

    /// <summary>Makes what a download needs: the cache's tag and the folders of the blobs and locks.</summary>
    public void Prepare(HubModelName model) => OnDisk(root, () =>
    {
        Directory.CreateDirectory(Path.Join(ModelFolder(model), "blobs"));
        Directory.CreateDirectory(Path.Join(root, ".locks", model.FolderName));
        foreach (var left in Directory.EnumerateFiles(Path.Join(root, ".locks"), "*" + Unfinished).Where(path => DateTime.UtcNow - File.GetLastWriteTimeUtc(path) > LongestWrite))
        {
            File.Delete(left); // of a process that was killed
        }

        if (!File.Exists(Path.Join(root, "CACHEDIR.TAG")))
        {
            WriteWhole(Path.Join(root, "CACHEDIR.TAG"), stream => stream.Write(System.Text.Encoding.ASCII.GetBytes(Tag.ReplaceLineEndings("\n"))));
        }
    });

    public Task<FileLock> Lock(HubModelName model, string etag, CancellationToken cancellation) =>
        FileLock.Take(LockPath(model, etag), cancellation);

    public string LockPath(HubModelName model, string etag) => Path.Join(root, ".locks", model.FolderName, etag + ".lock");

    /// <summary>Whether a snapshot has a file, of the size that it should have; a link to nothing is none.</summary>
    public bool Has(HubModelName model, string commit, HubFile file)
    {
        var path = Pointer(model, commit, file.Name);
        return File.Exists(path) && HasSize(path, file.Size);
    }

    /// <summary>Whether a file has a size, itself or what it is a link to.</summary>
    public static bool HasSize(string path, long size)
    {
        try
        {
            using var opened = File.OpenHandle(path);
            return RandomAccess.GetLength(opened) == size;
        }
        catch (Exception error) when (CheckpointError.IsAboutTheFile(error))
        {
            return false;
        }
    }

    /// <summary>Puts a blob into a snapshot: a relative link, as Python's; where links are not allowed the file itself, or a copy.</summary>
    /// <param name="blob">The blob.</param>
    /// <param name="pointer">The file in the snapshot; what is there is replaced.</param>
    /// <param name="isNew">Whether the blob was downloaded for this, so that it may be moved.</param>
    public void Point(string blob, string pointer, bool isNew) => OnDisk(pointer, () =>
    {
        var folder = Path.GetDirectoryName(pointer)!;
        Directory.CreateDirectory(folder);
        if (useLinks && TryLink(pointer, Path.GetRelativePath(folder, blob)))
        {
            return;
        }

        if (isNew)
        {
            File.Move(blob, pointer, overwrite: true);
            return;
        }

        WriteWhole(pointer, stream =>
        {
            using var from = File.OpenRead(blob);
            from.CopyTo(stream);
        });
    });

    /// <summary>Writes a file whole or not at all, with its folders. What is being written lies in <c>.locks</c>, where nobody takes it for a ref or a file of a model.</summary>
    public void WriteWhole(string path, Action<Stream> write) => OnDisk(path, () =>
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        Directory.CreateDirectory(Path.Join(root, ".locks"));
        var beside = Path.Join(root, ".locks", $"{Guid.NewGuid():N}{Unfinished}");
        try
        {
            using (var stream = new FileStream(beside, FileMode.CreateNew, FileAccess.Write))
            {
                write(stream);
            }

            File.Move(beside, path, overwrite: true);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }
    });

    /// <summary>Does what writes; errors of the file system become one that says what helps.</summary>
    public static void OnDisk(string path, Action work)
    {
        try
        {
            work();
        }
        catch (Exception error) when (CheckpointError.IsAboutTheFile(error))
        {
            throw HubError.NotWritable(path, error);
        }
    }

    private static bool TryLink(string pointer, string target)
    {
        try
        {
            if (new FileInfo(pointer).LinkTarget is not null || File.Exists(pointer))
            {
                File.Delete(pointer);
            }

            File.CreateSymbolicLink(pointer, target);
            return true;
        }
        catch (IOException) when (new FileInfo(pointer).LinkTarget == target)
        {
            return true; // another process made it just now
        }
        catch (Exception error) when (CheckpointError.IsAboutTheFile(error) && !File.Exists(pointer))
        {
            return false;
        }
    }

    private static string Local(string name) => name.Replace('/', Path.DirectorySeparatorChar);
}
