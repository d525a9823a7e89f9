using Gptx.Checkpoints;

namespace Gptx.Architectures;

/// <summary>A kind of transformer: it writes the forward pass of any checkpoint of its kind.</summary>
public interface IArchitecture
{
    /// <summary>The <c>model_type</c> in config.json by which it is known.</summary>
    string ModelType { get; }

    /// <summary>Writes the forward pass that a config describes over the tensors of a checkpoint.</summary>
    /// <exception cref="GptxException">An option is not supported, a tensor is missing or has another shape.</exception>
    Transformer Build(ModelConfig config, CheckpointTensors tensors);
}
