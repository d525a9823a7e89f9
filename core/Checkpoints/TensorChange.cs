namespace Gptx.Checkpoints;

/// <summary>What the writer of a file did to a tensor, undone while it is read: the elements asked for are found among those that are stored.</summary>
internal abstract class TensorChange
{
    /// <summary>What tells this change from every other, for those who keep what it gives; null where that cannot be said.</summary>
    public virtual string? Key => null;

    /// <summary>Reads as many elements as the span holds.</summary>
    /// <param name="stored">The tensor as it lies in the file.</param>
    /// <param name="first">The first element, counted in the tensor as it was before.</param>
    /// <param name="values">Where they go.</param>
    public abstract void Read(CheckpointTensor stored, long first, Span<float> values);

    /// <summary>The changed tensor in blocks; null where it cannot be had so.</summary>
    /// <param name="stored">The tensor as it lies in the file.</param>
    /// <param name="asColumns">Whether it is a matrix [in, out], whose columns are cut into blocks.</param>
    public virtual QuantizedMatrix? Blocks(CheckpointTensor stored, bool asColumns) => null;
}
