namespace Gptx.Checkpoints.Hub;

/// <summary>A file of a model at one commit, as the hub lists it.</summary>
/// <param name="Name">Its path in the repository, with slashes.</param>
/// <param name="Size">Bytes.</param>
/// <param name="BlobId">Git's hash of the blob; of a large file that of the pointer to it.</param>
/// <param name="Sha256">The SHA-256 of a large file's content; null for others.</param>
/// <param name="XetHash">The hash in the hub's newer storage; kept for Python, not used here.</param>
public sealed record HubFile(string Name, long Size, string BlobId, string? Sha256 = null, string? XetHash = null)
{
    /// <summary>The name of its blob in the cache, where the listing is right about it.</summary>
    internal string Etag => Sha256 ?? BlobId;
}

/// <summary>What the hub says about a file when it is asked for its head.</summary>
/// <param name="Etag">The name of its blob: SHA-256 of a large file, git's SHA-1 of a small one.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Commit">The commit it is of.</param>
/// <param name="Location">Where its content can be had; may be another host.</param>
/// <param name="Promise">The hash that its content must have: the etag, or the listing's where the etag is none.</param>
internal sealed record HubHead(string Etag, long Size, string Commit, Uri Location, string Promise);
