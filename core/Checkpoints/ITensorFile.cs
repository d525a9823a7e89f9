namespace Gptx.Checkpoints;

/// <summary>A file with named tensors, mapped into memory: safetensors or GGUF.</summary>
public interface ITensorFile : IDisposable
{
    /// <summary>The path as it was given when the file was opened.</summary>
    string Path { get; }

    /// <summary>The file that the path leads to, every symbolic link followed; in a hub cache the blob.</summary>
    string ResolvedPath { get; }

    /// <summary>The size of the file in bytes.</summary>
    long Length { get; }

    /// <summary>The tensors by name, enumerated in the order in which they lie in the file.</summary>
    IReadOnlyDictionary<string, CheckpointTensor> Tensors { get; }

    /// <summary>The tensor of a name.</summary>
    /// <exception cref="GptxException">There is none (<c>TensorNotFound</c>).</exception>
    CheckpointTensor GetTensor(string name) => Tensors.TryGetValue(name, out var tensor)
        ? tensor
        : throw CheckpointError.In(Path, "TensorNotFound", $"there is no tensor {Excerpt.Of(name)} among its {Tensors.Count}");
}
