namespace Gptx.Checkpoints;

/// <summary>Which GGUF file a path means, if it means one.</summary>
internal static class GgufPath
{
    private const string Extension = ".gguf";
    private const int MostNamed = 5;

    /// <summary>The path itself if it is a file of that extension; in a folder that has none of the other files, its only such file, or the first of its parts.</summary>
    /// <exception cref="GptxException">The folder has several (<c>ModelAmbiguous</c>), or cannot be read.</exception>
    public static string? Find(string path, params ReadOnlySpan<string> others)
    {
        if (IsGguf(path) && File.Exists(path))
        {
            return path;
        }

        foreach (var other in others)
        {
            if (File.Exists(Path.Join(path, other)))
            {
                return null;
            }
        }

        return Directory.Exists(path) ? OnlyOne(path) : null;
    }

    /// <summary>The GGUF file that a model's path means; null where it means a folder with other weights.</summary>
    /// <exception cref="GptxException">The folder has several (<c>ModelAmbiguous</c>), or cannot be read.</exception>
    public static string? FindModel(string path) => Find(path, CheckpointFolder.WeightsName, ShardIndex.FileName);

    /// <summary>Whether a file is called as GGUF files are.</summary>
    public static bool IsGguf(string path) => path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase);

    private static string? OnlyOne(string folder)
    {
        try
        {
            var found = Directory.EnumerateFiles(folder).Where(path => IsGguf(path) && !GgufParts.IsLaterPart(path)).Order(StringComparer.Ordinal).ToList();
            var names = string.Join(", ", found.Take(MostNamed).Select(path => Excerpt.Of(Path.GetFileName(path))));
            return found.Count <= 1
                ? found.FirstOrDefault()
                : throw CheckpointError.In(folder, "ModelAmbiguous", $"the folder has {found.Count} GGUF files ({names}{(found.Count > MostNamed ? ", ..." : "")}): give one of them");
        }
        catch (Exception exception) when (CheckpointError.IsAboutTheFile(exception))
        {
            throw CheckpointError.NotReadable(folder, exception);
        }
    }
}
