using Gptx.Checkpoints;
using Gptx.Graphs.Foreign;

namespace Gptx.Onnx;

/// <summary>Opens an .onnx file that somebody else wrote: read, checked, and its files of weights found.</summary>
internal static class ForeignFile
{
    /// <summary>Reads a model; its weights in other files are looked for under the folder that is returned with it, links followed.</summary>
    /// <exception cref="GptxException">
    /// It is no model (<c>OnnxInvalid</c>), too large for its format (<c>OnnxTooLarge</c>), or its weights are not where they may be (<c>ExternalDataRefused</c>,
    /// <c>ExternalDataMissing</c>).
    /// </exception>
    public static (ForeignModel Model, string WeightsFolder) Read(string path)
    {
        var model = ForeignModel.Parse(Bytes(path), path);
        var files = new Dictionary<string, (string Path, long Length)>(StringComparer.Ordinal);
        var tensors = model.ExternalTensors.ToList();
        foreach (var tensor in tensors)
        {
            if (!files.TryGetValue(tensor.Location, out var file))
            {
                files.Add(tensor.Location, file = OnnxExternalFile.Resolve(path, tensor.Location));
            }

            if (tensor.Offset > file.Length - tensor.ByteLength)
            {
                throw OnnxExternalFile.OutOfRange(path, tensor.Location, tensor.Offset, tensor.ByteLength, file.Length);
            }
        }

        var folder = Around([.. files.Values.Select(file => Path.GetDirectoryName(file.Path)!)]) ?? Path.GetDirectoryName(Path.GetFullPath(path))!;
        foreach (var tensor in tensors)
        {
            model.Relocate(tensor, Path.GetRelativePath(folder, files[tensor.Location].Path));
        }

        model.DataFiles = [.. files.Keys.Order(StringComparer.Ordinal).Select(location => OnnxExternalFile.PathOf(path, location))];
        return (model, folder);
    }

    private static byte[] Bytes(string path)
    {
        using var file = MappedFile.Open(path, 1, "an ONNX model");
        if (file.Length > Array.MaxLength)
        {
            throw new GptxException(GptxErrorKind.ModelNotLoadable, "OnnxTooLarge", $"{path}: the file has {file.Length} bytes; an ONNX model may have {Array.MaxLength}, with more in other files");
        }

        var bytes = GC.AllocateUninitializedArray<byte>((int)file.Length);
        file.Read(0, bytes);
        return bytes;
    }

    /// <summary>The innermost folder that holds all of some; null of none.</summary>
    private static string? Around(IReadOnlyList<string> folders)
    {
        var around = folders is [var first, ..] ? first : null;
        while (around is not null && !folders.All(folder => IsIn(folder, around)))
        {
            around = Path.GetDirectoryName(around);
        }

        return around;
    }

    private static bool IsIn(string folder, string around) => !Path.GetRelativePath(around, folder).StartsWith("..", StringComparison.Ordinal)
        && !Path.IsPathRooted(Path.GetRelativePath(around, folder));
}
