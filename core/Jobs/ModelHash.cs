using System.Security.Cryptography;
using System.Text;
using Gptx.Inference;

namespace Gptx.Jobs;

/// <summary>SHA-256 of what a model computes with, so that two runs know whether theirs is the same.</summary>
public static class ModelHash
{
    /// <summary>
    /// Of all files of a model's weights, in the order of their names; its config and tokenizer files, which decide as much, are in it too, and what it was
    /// loaded in where that is not as the files have it.
    /// </summary>
    public static string Of(LanguageModel model)
    {
        var beside = Directory.Exists(model.Folder)
            ? Directory.EnumerateFiles(model.Folder, "*.json").Where(path => !path.EndsWith(".index.json", StringComparison.Ordinal))
            : [];
        var files = OfFiles([.. model.Checkpoint.Files.Select(file => file.Path), .. beside]);
        return model is { Precision: Precision.Auto, Compute: Compute.Float32 }
            ? files
            : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{files} {model.Precision} {model.Compute}")));
    }

    /// <summary>Of files: the SHA-256 of their SHA-256s, in the order of their names.</summary>
    public static string OfFiles(IEnumerable<string> paths)
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var path in paths.Distinct(StringComparer.Ordinal).OrderBy(Path.GetFileName, StringComparer.Ordinal))
        {
            using var file = File.OpenRead(path);
            all.AppendData(SHA256.HashData(file));
        }

        return Convert.ToHexStringLower(all.GetHashAndReset());
    }
}
