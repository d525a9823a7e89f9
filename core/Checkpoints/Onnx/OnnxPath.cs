namespace Gptx.Checkpoints;

/// <summary>Which .onnx file a path means, if it means one, and which folder its config and tokenizer lie in.</summary>
internal static class OnnxPath
{
    private const string Extension = ".onnx";
    private const string Subfolder = "onnx";
    private const int MostNamed = 5;

    /// <summary>The file names of exporters, the first that is there counts.</summary>
    private static readonly string[] Usual = ["model.onnx", "decoder_model_merged.onnx", "decoder_with_past_model.onnx", "decoder_model.onnx"];

    /// <summary>Whether a file is called as ONNX models are.</summary>
    public static bool IsOnnx(string path) => path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase);

    /// <summary>The path itself if it is such a file; of a folder without other weights the one by an exporter's name, in it or in its folder <c>onnx</c>, or the only one.</summary>
    /// <exception cref="GptxException">The folder has several (<c>ModelAmbiguous</c>), or cannot be read.</exception>
    public static string? FindModel(string path)
    {
        if (IsOnnx(path) && File.Exists(path))
        {
            return path;
        }

        if (!Directory.Exists(path) || HasOtherWeights(path))
        {
            return null;
        }

        string[] folders = [path, Path.Join(path, Subfolder)];
        return GenAiConfig.FindModel(path)
            ?? folders.SelectMany(folder => Usual.Select(name => Path.Join(folder, name))).FirstOrDefault(File.Exists)
            ?? folders.Select(OnlyOne).FirstOrDefault(found => found is not null);
    }

    /// <summary>The folder with config and tokenizer: the file's own, or the one around a folder <c>onnx</c>.</summary>
    public static string FolderOf(string file)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        var isInside = Path.GetFileName(folder) == Subfolder && !HasConfig(folder);
        return isInside && Path.GetDirectoryName(folder) is { } around && HasConfig(around) ? around : folder;
    }

    private static bool HasConfig(string folder) => File.Exists(Path.Join(folder, "config.json")) || File.Exists(Path.Join(folder, GenAiConfig.FileName));

    private static bool HasOtherWeights(string folder) =>
        File.Exists(Path.Join(folder, CheckpointFolder.WeightsName)) || File.Exists(Path.Join(folder, ShardIndex.FileName));

    private static string? OnlyOne(string folder)
    {
        try
        {
            List<string> found = Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder).Where(IsOnnx).Order(StringComparer.Ordinal)] : [];
            var names = string.Join(", ", found.Take(MostNamed).Select(path => Excerpt.Of(Path.GetFileName(path))));
            return found.Count <= 1
                ? found.FirstOrDefault()
                : throw CheckpointError.In(folder, "ModelAmbiguous", $"the folder has {found.Count} ONNX files ({names}{(found.Count > MostNamed ? ", ..." : "")}): give one of them");
        }
        catch (Exception exception) when (CheckpointError.IsAboutTheFile(exception))
        {
            throw CheckpointError.NotReadable(folder, exception);
        }
    }
}
