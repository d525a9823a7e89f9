using System.Security.Cryptography;
using System.Text;

namespace Gptx.Checkpoints;

/// <summary>What decides the numbers of a widened tensor, and nothing else: its stored bytes, how they are to be read, and the version of what reads them.</summary>
internal static class WidenedKey
{
    /// <summary>Counted up whenever a tensor that was widened before could come out otherwise.</summary>
    public const string Converter = "1";

    private const int Stretch = 1 << 20;

    /// <summary>SHA-256 in hexadecimal; null of a tensor whose reading depends on more than can be said here.</summary>
    public static string? Of(CheckpointTensor tensor)
    {
        if (tensor.ReadingKey is not { } reading)
        {
            return null;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"gptx widened {Converter}\n{tensor.ElementType}\n{string.Join(',', tensor.Shape)}\n{reading}\n"));
        for (var done = 0L; done < tensor.ByteLength; done += Stretch)
        {
            hash.AppendData(tensor.Slice(done, (int)Math.Min(Stretch, tensor.ByteLength - done)));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
