using Gptx.Checkpoints;

namespace Gptx.Embeddings;

/// <summary>The rows of a matrix of the checkpoint from one row on, read where they lie; half-precision rows are widened as they are read.</summary>
internal sealed class TensorTable(CheckpointTensor tensor, int first = 0) : VectorTable((int)tensor.Shape[0] - first, (int)tensor.Shape[1])
{
    /// <inheritdoc/>
    public override unsafe ReadOnlySpan<float> Row(int index, Span<float> scratch)
    {
        if (tensor is { IsPlain: true, ElementType: ElementType.Float32 } && tensor.Pointer % sizeof(float) == 0)
        {
            return new ReadOnlySpan<float>((float*)tensor.Pointer + ((long)(first + index) * Width), Width);
        }

        var row = scratch[..Width];
        tensor.ReadSingles((long)(first + index) * Width, row);
        return row;
    }
}
