using System.Security.Cryptography;
using System.Text;

namespace Gptx.Checkpoints.Hub;

/// <summary>Which hash the name of a blob is: SHA-256 of its content for large files, git's SHA-1 (over <c>blob SIZE NUL content</c>) for small ones.</summary>
internal static class BlobHash
{
    /// <summary>A hash begun; null where the name is neither, and only the length can be checked.</summary>
    public static IncrementalHash? Begin(string etag, long size)
    {
        switch (etag.Length)
        {
            case 64 when etag.All(char.IsAsciiHexDigit):
                return IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            case 40 when etag.All(char.IsAsciiHexDigit):
                var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
                hash.AppendData(Encoding.ASCII.GetBytes($"blob {size}\0"));
                return hash;
            default:
                return null;
        }
    }
}
