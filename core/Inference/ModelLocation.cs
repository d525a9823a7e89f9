using Gptx.Checkpoints;

namespace Gptx.Inference;

/// <summary>
/// Where a model's name leads: an existing folder, GGUF or ONNX file, or <c>embedded</c>. What begins with <c>.</c>, <c>/</c>, <c>\</c> or <c>~</c>,
/// or is a drive, is a path and nothing else.
/// </summary>
public static class ModelLocation
{
    /// <summary>The name of the model that comes with Gptx.</summary>
    public const string Embedded = "embedded";

    private const string EmbeddedFolderName = "default-v1";

    /// <summary>The folder of the embedded model: beside this assembly, whether that is a build folder, an installed tool or an imported module.</summary>
    public static string EmbeddedFolder { get; } = Path.Combine(InstallFolder.Path, "models", EmbeddedFolderName);

    /// <summary>The folder that a model's name or path means; the file, where it is GGUF or ONNX.</summary>
    /// <exception cref="GptxException"><c>ModelNotFound</c>: there is none.</exception>
    public static string Find(string nameOrPath)
    {
        if (string.IsNullOrWhiteSpace(nameOrPath))
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "ModelNameEmpty", "the model's name is empty: give a folder, a GGUF file, or 'embedded'");
        }

        var path = nameOrPath[0] == '~'
            ? Path.Join(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), nameOrPath[1..])
            : nameOrPath;
        if (Directory.Exists(path))
        {
            return Path.GetFullPath(path);
        }

        if (File.Exists(path))
        {
            return GgufPath.IsGguf(path) || OnnxPath.IsOnnx(path) ? Path.GetFullPath(path) : FolderOf(path);
        }

        if (nameOrPath == Embedded)
        {
            return Directory.Exists(EmbeddedFolder) ? EmbeddedFolder : throw NotFound($"the embedded model is missing from {EmbeddedFolder}: the installation is damaged");
        }

        throw NotFound(IsPath(nameOrPath)
            ? $"no model at '{nameOrPath}': the folder does not exist"
            : $"no model named '{nameOrPath}': give a folder with config.json and model.safetensors or model.onnx, a GGUF file, or 'embedded'");
    }

    /// <summary>A file stands for its folder if the folder is read from it; any other would be opened unawares beside it.</summary>
    private static string FolderOf(string path) => Path.GetFileName(path) is "config.json" or "model.safetensors" or "model.safetensors.index.json"
        ? Path.GetDirectoryName(Path.GetFullPath(path))!
        : throw new GptxException(
            GptxErrorKind.ModelNotLoadable,
            "ModelFileNotSupported",
            $"{path} is not a model: give the folder with config.json and model.safetensors, one of these files, a GGUF file or an ONNX file");

    private static bool IsPath(string name) =>
        name[0] is '.' or '/' or '\\' or '~' || (name.Length > 1 && name[1] == ':' && char.IsAsciiLetter(name[0]));

    private static GptxException NotFound(string message) => new(GptxErrorKind.ModelNotLoadable, "ModelNotFound", message);
}
