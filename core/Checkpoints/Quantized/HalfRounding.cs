using System.Buffers;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Gptx.Checkpoints;

/// <summary>Every element is rounded to the nearest number of a type of two bytes, ties to even, as torch rounds.</summary>
/// <param name="type">Float16 or BFloat16.</param>
internal sealed class HalfRounding(ElementType type) : TensorChange
{
    /// <inheritdoc/>
    public override string Key => $"rounded to {type}";

    /// <inheritdoc/>
    /// <exception cref="GptxException"><c>PrecisionOverflow</c>: a finite number is larger than any of the type.</exception>
    public override void Read(CheckpointTensor stored, long first, Span<float> values)
    {
        stored.ReadSingles(first, values);
        if (type == ElementType.BFloat16)
        {
            RoundToUpperHalf(MemoryMarshal.Cast<float, uint>(values));
            return;
        }

        var halves = ArrayPool<Half>.Shared.Rent(values.Length);
        var rounded = halves.AsSpan(0, values.Length);
        TensorPrimitives.ConvertToHalf(values, rounded);
        for (var i = 0; i < values.Length; i++)
        {
            if (Half.IsInfinity(rounded[i]) && float.IsFinite(values[i]))
            {
                throw CheckpointError.In(stored.FilePath, "PrecisionOverflow", $"{stored} has the value {values[i]:g6}, and fp16 holds none beyond 65504: bf16 does");
            }
        }

        HalfWidening.Widen(rounded, values);
        ArrayPool<Half>.Shared.Return(halves);
    }

    /// <summary>The upper 16 bits of each float, rounded to nearest even; what is no number stays none.</summary>
    private static void RoundToUpperHalf(Span<uint> bits)
    {
        for (var i = 0; i < bits.Length; i++)
        {
            var isNumber = (bits[i] & 0x7FFF_FFFF) <= 0x7F80_0000;
            bits[i] = (isNumber ? bits[i] + 0x7FFF + ((bits[i] >> 16) & 1) : bits[i] | 0x0040_0000) & 0xFFFF_0000;
        }
    }
}
