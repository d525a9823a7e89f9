namespace Gptx.Checkpoints.Hub;

/// <summary>What a pull will do, before it does.</summary>
/// <param name="Name">The model.</param>
/// <param name="Revision">The revision that was asked for.</param>
/// <param name="Commit">The commit that it is now.</param>
/// <param name="Files">The files that are needed.</param>
/// <param name="Bytes">Their bytes.</param>
/// <param name="MissingFiles">How many of them are not in the cache.</param>
/// <param name="MissingBytes">The bytes of those; what an earlier pull left half is counted whole.</param>
/// <param name="Folder">The snapshot's folder in the cache.</param>
public sealed record PullPlan(
    string Name, string Revision, string Commit, IReadOnlyList<HubFile> Files, long Bytes, int MissingFiles, long MissingBytes, string Folder)
{
    /// <summary>What will come, in a sentence.</summary>
    public override string ToString() =>
        $"pulling {Name} ({Revision}): {ByteSize.Text(MissingBytes)} in {(MissingFiles == 1 ? "1 file" : $"{MissingFiles} files")}, into {Folder}";
}

/// <summary>How far a pull is.</summary>
/// <param name="Name">The model.</param>
/// <param name="DoneBytes">Bytes of the missing files that are there.</param>
/// <param name="TotalBytes">Bytes of the missing files.</param>
/// <param name="DoneFiles">Files that are whole.</param>
/// <param name="TotalFiles">Files that were missing.</param>
public sealed record PullProgress(string Name, long DoneBytes, long TotalBytes, int DoneFiles, int TotalFiles);

/// <summary>What a pull has done.</summary>
/// <param name="Name">The model.</param>
/// <param name="Revision">The revision that was asked for.</param>
/// <param name="Commit">The commit that it is.</param>
/// <param name="Path">What --model can be given: the snapshot's folder, or the chosen file in it.</param>
/// <param name="Files">How many files the model has there.</param>
/// <param name="Bytes">Their bytes.</param>
/// <param name="DownloadedFiles">How many were missing.</param>
/// <param name="DownloadedBytes">The bytes of those.</param>
public sealed record PulledModel(
    string Name, string Revision, string Commit, string Path, int Files, long Bytes, int DownloadedFiles, long DownloadedBytes)
{
    /// <summary>The path, which --model can be given.</summary>
    public override string ToString() => Path;
}
