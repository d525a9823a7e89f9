namespace Gptx.Checkpoints;

/// <summary>Nothing is changed, but that a quantized tensor is computed with as the numbers that it stands for.</summary>
internal sealed class Widened : TensorChange
{
    /// <inheritdoc/>
    public override string Key => "widened";

    /// <inheritdoc/>
    public override void Read(CheckpointTensor stored, long first, Span<float> values) => stored.ReadSingles(first, values);
}
