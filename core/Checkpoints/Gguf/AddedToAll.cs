using System.Numerics.Tensors;

namespace Gptx.Checkpoints;

/// <summary>A number was added to every element.</summary>
/// <param name="added">The number.</param>
internal sealed class AddedToAll(float added) : TensorChange
{
    /// <inheritdoc/>
    public override string Key => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{added} subtracted");

    /// <inheritdoc/>
    public override void Read(CheckpointTensor stored, long first, Span<float> values)
    {
        stored.ReadSingles(first, values);
        TensorPrimitives.Subtract(values, added, values);
    }
}
