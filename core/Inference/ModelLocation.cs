using Gptx.Checkpoints;
using Gptx.Checkpoints.Hub;

namespace Gptx.Inference;

/// <summary>
/// Where a model's name leads: an existing folder, GGUF or ONNX file; <c>embedded</c>; a model of the hub in the cache; the hub. What begins with <c>.</c>, <c>/</c>, <c>\</c> or <c>~</c>,
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
    /// <param name="nameOrPath">A path, <c>embedded</c>, or a name on the hub: org/name, org/name@revision, org/name:Q4_K_M.</param>
    /// <param name="hub">How models of the hub are looked up; by default they are pulled where the cache does not have them.</param>
    /// <param name="part">How much of such a model is wanted.</param>
    /// <exception cref="GptxException"><c>ModelNotFound</c>: there is none; docs/errors.md, 'The hub'.</exception>
    public static string Find(string nameOrPath, HubAccess? hub = null, ModelPart part = ModelPart.Model)
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

        if (IsPath(nameOrPath))
        {
            throw NotFound($"no model at '{nameOrPath}': the folder does not exist");
        }

        return OfHub(nameOrPath, hub ?? new HubAccess(), part)
            ?? throw NotFound($"no model named '{nameOrPath}': give a folder with config.json and model.safetensors or model.onnx, a GGUF file, 'embedded', or a model of the hub as org/name");
    }

    /// <summary>A model of the hub; null where the name is none. One word alone is looked up in the cache only: it is rather a folder that is not there.</summary>
    private static string? OfHub(string name, HubAccess hub, ModelPart part) =>
        !HubModelName.TryParse(name, out var model) ? null
        : model.Id.Contains('/', StringComparison.Ordinal) ? hub.Find(model, part)
        : hub.FindCached(model, part);

    /// <summary>Whether a name means a model of the hub: it is written as one, and there is nothing by that name here.</summary>
    public static bool IsOnHub(string name) => !string.IsNullOrWhiteSpace(name) && name != Embedded && !IsPath(name) && !Path.Exists(name) && HubModelName.TryParse(name, out _);

    /// <summary>A file stands for its folder if the folder is read from it; any other would be opened unawares beside it.</summary>
    private static string FolderOf(string path) => CheckpointContents.IsPickle(path) ? throw new GptxException(
        GptxErrorKind.ModelNotLoadable, "WeightsNotSupported", $"{path} is {CheckpointContents.Pickle}")
        : Path.GetFileName(path) is "config.json" or "model.safetensors" or "model.safetensors.index.json"
        ? Path.GetDirectoryName(Path.GetFullPath(path))!
        : throw new GptxException(
            GptxErrorKind.ModelNotLoadable,
            "ModelFileNotSupported",
            $"{path} is not a model: give the folder with config.json and model.safetensors, one of these files, a GGUF file or an ONNX file");

    private static bool IsPath(string name) =>
        name[0] is '.' or '/' or '\\' or '~' || (name.Length > 1 && name[1] == ':' && char.IsAsciiLetter(name[0]));

    private static GptxException NotFound(string message) => new(GptxErrorKind.ModelNotLoadable, "ModelNotFound", message);
}
