namespace Gptx.Checkpoints;

/// <summary>
/// How GGUF describes models of one architecture: what its metadata are in a config.json, and how its tensors are called and stored. The source
/// is llama.cpp's convert_hf_to_gguf.py, read backwards.
/// </summary>
internal abstract class GgufArchitecture
{
    /// <summary>What <c>general.architecture</c> says.</summary>
    public abstract string Name { get; }

    /// <summary>What transformers calls its tensors.</summary>
    protected abstract GgufTensorNames Names { get; }

    /// <summary>Writes its config.json.</summary>
    /// <exception cref="GptxException">A key is missing or not allowed, or an option is not supported.</exception>
    public abstract void Describe(GgufConfig config);

    /// <summary>A tensor as transformers has it: one, several where GGUF joins them, none where it belongs to the config; null where it is not known.</summary>
    public virtual IEnumerable<CheckpointTensor>? Convert(GgufConfig config, GgufTensorName name, CheckpointTensor tensor) =>
        Names.Of(name) is { } its ? [tensor.As(its, Change(config, name, tensor))] : null;

    /// <summary>What was done to a tensor when the file was written; null where nothing was.</summary>
    protected virtual TensorChange? Change(GgufConfig config, GgufTensorName name, CheckpointTensor tensor) => null;

    /// <summary>The error that a tensor deserves which cannot be what its name says.</summary>
    protected static GptxException ShapeWrong(GgufConfig config, CheckpointTensor tensor, string wanted) =>
        CheckpointError.In(config.File.Path, "TensorShapeWrong", $"{tensor} must be {wanted}");
}
