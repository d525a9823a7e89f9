using System.Diagnostics.CodeAnalysis;

namespace Gptx.Checkpoints;

/// <summary>
/// A model as transformers saves it: a folder with config.json, perhaps generation_config.json, and the weights in model.safetensors or in
/// several files that model.safetensors.index.json lists; or a single GGUF file, given as such or as the only one of a folder without these weights,
/// whose metadata stand for both configs; or an ONNX model, which brings its own graph. The weights are mapped, not read. The links of a hub cache are followed.
/// </summary>
public sealed class CheckpointFolder : IDisposable
{
    private const string ConfigName = "config.json";
    internal const string WeightsName = "model.safetensors";

    private readonly OrderedDictionary<string, CheckpointTensor> _tensors = new(StringComparer.Ordinal);
    private readonly List<ITensorFile> _files = [];

    private CheckpointFolder(GgufParts file)
    {
        Path = file.Path;
        Metadata = file.Metadata;
        _files.AddRange(file.Files);
        (Config, _tensors) = GgufCheckpoint.Read(file);
        GenerationConfig = GenerationConfig.From(Config);
    }

    private CheckpointFolder(string path, string? onnxFile = null)
    {
        Path = path;
        OnnxFile = onnxFile;
        var config = In(path, ConfigName);
        Config = onnxFile is null || File.Exists(config) ? ModelConfig.Read(config) : GenAiConfig.Read(In(path, GenAiConfig.FileName));
        var generation = In(path, "generation_config.json");
        GenerationConfig = File.Exists(generation) ? GenerationConfig.Read(generation) : GenerationConfig.From(Config);
    }

    /// <summary>The folder as it was given to <see cref="Open"/>; of a GGUF model the file.</summary>
    public string Path { get; }

    /// <summary>The metadata of a GGUF file, its tokenizer among them; null for other checkpoints.</summary>
    public GgufMetadata? Metadata { get; }

    /// <summary>The .onnx file of an ONNX model, whose weights are not among <see cref="Tensors"/>; null for other checkpoints.</summary>
    public string? OnnxFile { get; }

    /// <summary>Its config.json, or what a GGUF file's metadata amount to.</summary>
    public ModelConfig Config { get; }

    /// <summary>Its generation_config.json; where there is none, the same keys of config.json.</summary>
    public GenerationConfig GenerationConfig { get; }

    /// <summary>The files with the weights, in the order of their names.</summary>
    public IReadOnlyList<ITensorFile> Files => _files;

    /// <summary>All tensors by name, enumerated file by file in the order in which they lie there.</summary>
    public IReadOnlyDictionary<string, CheckpointTensor> Tensors => _tensors;

    /// <summary>Opens a folder, a GGUF file or an .onnx file.</summary>
    /// <exception cref="GptxException">
    /// There is no such folder (<c>ModelNotFound</c>), no config.json in it (<c>ConfigNotFound</c>), no weights (<c>WeightsNotFound</c>) or only in
    /// a format that is not supported (<c>WeightsNotSupported</c>); the index is wrong (<c>IndexInvalid</c>, <c>IndexMismatch</c>,
    /// <c>TensorDuplicate</c>); or one of the files is (<see cref="ModelConfig.Read"/>, <see cref="SafetensorsFile.Open"/>,
    /// <see cref="GgufFile.Open"/>); what a GGUF file describes is not supported (<c>ArchitectureNotSupported</c>, <c>OptionNotSupported</c>,
    /// <c>GgufSplit</c>, <c>TensorNotKnown</c>, <c>TensorShapeWrong</c>) or its metadata lack something (<c>MetadataMissing</c>).
    /// </exception>
    public static CheckpointFolder Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (GgufPath.FindModel(path) is { } gguf)
        {
            return OpenGguf(gguf);
        }

        if (OnnxPath.FindModel(path) is { } onnx)
        {
            var around = OnnxPath.FolderOf(onnx);
            CheckpointContents.ThrowIfNoConfig(around, ConfigName, GenAiConfig.FileName);
            return new CheckpointFolder(around, onnx);
        }

        CheckpointContents.ThrowIfNoCheckpoint(path, ConfigName, WeightsName, ShardIndex.FileName);
        var folder = new CheckpointFolder(path);
        try
        {
            folder.OpenFiles();
            return folder;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Looks a tensor up by its name.</summary>
    public bool TryGetTensor(string name, [NotNullWhen(true)] out CheckpointTensor? tensor) => _tensors.TryGetValue(name, out tensor);

    /// <summary>The tensor of a name.</summary>
    /// <exception cref="GptxException">There is none (<c>TensorNotFound</c>).</exception>
    public CheckpointTensor GetTensor(string name) => _tensors.TryGetValue(name, out var tensor)
        ? tensor
        : throw CheckpointError.In(Path, "TensorNotFound", $"there is no tensor {Excerpt.Of(name)} among the checkpoint's {_tensors.Count}");

    /// <summary>Unmaps the files; their tensors cannot be read any more.</summary>
    public void Dispose() => _files.ForEach(file => file.Dispose());

    private static CheckpointFolder OpenGguf(string path)
    {
        var file = GgufParts.Open(path);
        try
        {
            return new CheckpointFolder(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private void OpenFiles()
    {
        var whole = In(Path, WeightsName);
        if (File.Exists(whole))
        {
            Add(SafetensorsFile.Open(whole));
            return;
        }

        var index = In(Path, ShardIndex.FileName);
        foreach (var (name, expected) in ShardIndex.Read(index))
        {
            var shard = SafetensorsFile.Open(In(Path, name));
            Add(shard);
            ShardIndex.Check(index, shard, expected);
        }
    }

    private void Add(ITensorFile file)
    {
        _files.Add(file);
        foreach (var (name, tensor) in file.Tensors)
        {
            if (!_tensors.TryAdd(name, tensor))
            {
                var first = System.IO.Path.GetFileName(_tensors[name].FilePath);
                throw CheckpointError.In(file.Path, "TensorDuplicate", $"tensor {Excerpt.Of(name)} is in {first} too");
            }
        }
    }

    private static string In(string folder, string name) => System.IO.Path.Join(folder, name);
}
