namespace Gptx.Checkpoints;

/// <summary>
/// The files that an ONNX model names for its weights. The names come from outside: they may only lead to files beside the model or in folders
/// beside it, be it by the links of a hub cache, and never upwards or to a place of the machine.
/// </summary>
internal static class OnnxExternalFile
{
    /// <summary>What ONNX Runtime takes for an address in memory.</summary>
    private const string AddressMarker = "_ORT_MEM_ADDR_";

    /// <summary>The path of a file that a model names.</summary>
    /// <param name="model">The .onnx file.</param>
    /// <param name="location">What it names.</param>
    /// <exception cref="GptxException"><c>ExternalDataRefused</c>: it leads elsewhere.</exception>
    public static string PathOf(string model, string location)
    {
        var parts = location.Split('/', '\\');
        var isPlain = location.Length is > 0 and < 1024
            && parts.All(part => part is not ("" or "..") && !part.Contains(':', StringComparison.Ordinal) && !part.Any(char.IsControl))
            && !location.Contains(AddressMarker, StringComparison.Ordinal);
        return isPlain
            ? Path.Join([Path.GetDirectoryName(Path.GetFullPath(model))!, .. parts])
            : throw CheckpointError.In(model, "ExternalDataRefused", $"weights are said to be in {Excerpt.Of(location)}; allowed is a file beside the model, or in a folder beside it");
    }

    /// <summary>The file that such a path leads to, links followed, and its length.</summary>
    /// <exception cref="GptxException"><c>ExternalDataMissing</c>: there is none.</exception>
    public static (string Path, long Length) Resolve(string model, string location)
    {
        var path = PathOf(model, location);
        try
        {
            var file = new FileInfo(RealPath.Of(path));
            return file.Exists && !file.FullName.Contains(AddressMarker, StringComparison.Ordinal)
                ? (file.FullName, file.Length)
                : throw CheckpointError.In(model, "ExternalDataMissing", $"weights are in {Excerpt.Of(location)}, which is not there");
        }
        catch (Exception exception) when (CheckpointError.IsAboutTheFile(exception))
        {
            throw CheckpointError.NotReadable(path, exception);
        }
    }

    /// <summary>The error for a weight that lies beyond its file's end.</summary>
    public static GptxException OutOfRange(string model, string location, long offset, long bytes, long length) => CheckpointError.In(
        model, "ExternalDataRefused", $"a weight is said to be at bytes {offset} to {offset + (decimal)bytes} of {Excerpt.Of(location)}, which has {length}");
}
