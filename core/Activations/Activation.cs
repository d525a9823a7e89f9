namespace Gptx.Activations;

/// <summary>One inner value of a forward pass: its name, its shape and its numbers, row-major.</summary>
/// <param name="Name">The activation's name, for example <c>blocks.0.attn.pattern</c>.</param>
/// <param name="Shape">Its dimensions, outermost first.</param>
/// <param name="Values">Its numbers; as many as the product of the dimensions. Valid until the cache that handed it out is disposed.</param>
public sealed record Activation(string Name, IReadOnlyList<int> Shape, ReadOnlyMemory<float> Values)
{
    /// <summary>Number of values.</summary>
    public int Count => Values.Length;

    /// <summary>A part along the first dimension, with one dimension less.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is not below the first dimension.</exception>
    public Activation this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Shape[0]);
            var size = Values.Length / Shape[0];
            return new Activation(Name, [.. Shape.Skip(1)], Values.Slice(index * size, size));
        }
    }

    /// <summary>The first <paramref name="length"/> entries of one dimension: what is left when padding is cut away.</summary>
    public Activation Take(int dimension, int length)
    {
        if (Shape[dimension] == length)
        {
            return this;
        }

        var inner = Shape.Skip(dimension + 1).Aggregate(1, (product, size) => product * size);
        var outer = Shape.Take(dimension).Aggregate(1, (product, size) => product * size);
        var kept = new float[outer * length * inner];
        for (var block = 0; block < outer; block++)
        {
            Values.Span.Slice(block * Shape[dimension] * inner, length * inner).CopyTo(kept.AsSpan(block * length * inner));
        }

        return new Activation(Name, [.. Shape.Select((size, index) => index == dimension ? length : size)], kept);
    }

    /// <summary>The name and shape, for example <c>blocks.0.resid_post [2, 7, 256]</c>.</summary>
    public override string ToString() => $"{Name} [{string.Join(", ", Shape)}]";
}
