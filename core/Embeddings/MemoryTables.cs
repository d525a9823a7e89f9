using System.Numerics.Tensors;

namespace Gptx.Embeddings;

/// <summary>float32 rows in memory.</summary>
internal sealed class FloatTable(ReadOnlyMemory<float> values, int width) : VectorTable(RowsIn(values.Length, width), width)
{
    public override ReadOnlySpan<float> Row(int index, Span<float> scratch) => values.Span.Slice(index * Width, Width);
}

/// <summary>Half-precision rows in memory.</summary>
internal sealed class HalfTable(ReadOnlyMemory<Half> values, int width) : VectorTable(RowsIn(values.Length, width), width)
{
    public override ReadOnlySpan<float> Row(int index, Span<float> scratch)
    {
        Span<float> row = scratch[..Width];
        TensorPrimitives.ConvertToSingle(values.Span.Slice(index * Width, Width), row);
        return row;
    }
}
