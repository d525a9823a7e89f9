using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Gptx.Checkpoints;

/// <summary>Elements as they are stored to and from the types we compute in. Lengths are the caller's to match.</summary>
internal static class ElementConversion
{
    /// <summary>Floats of any width as float32: float16 and bfloat16 exactly, float64 rounded to nearest even.</summary>
    public static void ToSingles(ElementType type, ReadOnlySpan<byte> stored, Span<float> values)
    {
        switch (type)
        {
            case ElementType.Float32:
                stored.CopyTo(MemoryMarshal.AsBytes(values));
                break;
            case ElementType.Float16:
                HalfWidening.ToSingles(MemoryMarshal.Cast<byte, ushort>(stored), values);
                break;
            case ElementType.BFloat16:
                var bits = MemoryMarshal.Cast<float, uint>(values);
                TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<byte, ushort>(stored), bits);
                TensorPrimitives.ShiftLeft(bits, 16, bits);
                break;
            case ElementType.Float64:
                TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<byte, double>(stored), values);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(type), type, "not a floating-point type");
        }
    }

    /// <summary>Integers of any width as int64; booleans as 0 and 1. An uint64 above the largest int64 is an <see cref="OverflowException"/>.</summary>
    public static void ToInt64s(ElementType type, ReadOnlySpan<byte> stored, Span<long> values)
    {
        switch (type)
        {
            case ElementType.Int8: Widen<sbyte>(stored, values); break;
            case ElementType.UInt8: Widen<byte>(stored, values); break;
            case ElementType.Int16: Widen<short>(stored, values); break;
            case ElementType.UInt16: Widen<ushort>(stored, values); break;
            case ElementType.Int32: Widen<int>(stored, values); break;
            case ElementType.UInt32: Widen<uint>(stored, values); break;
            case ElementType.Int64: Widen<long>(stored, values); break;
            case ElementType.UInt64: Widen<ulong>(stored, values); break;
            case ElementType.Bool:
                for (var i = 0; i < stored.Length; i++)
                {
                    values[i] = stored[i] == 0 ? 0 : 1;
                }

                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(type), type, "not an integer type");
        }
    }

    /// <summary>float32 as stored floats, rounded to nearest even; what is too large for float16 becomes infinite.</summary>
    public static void FromSingles(ReadOnlySpan<float> values, ElementType type, Span<byte> stored)
    {
        switch (type)
        {
            case ElementType.Float32:
                MemoryMarshal.AsBytes(values).CopyTo(stored);
                break;
            case ElementType.Float16:
                TensorPrimitives.ConvertToHalf(values, MemoryMarshal.Cast<byte, Half>(stored));
                break;
            case ElementType.BFloat16:
                var rounded = MemoryMarshal.Cast<byte, ushort>(stored);
                for (var i = 0; i < values.Length; i++)
                {
                    rounded[i] = RoundToBFloat16(values[i]);
                }

                break;
            case ElementType.Float64:
                TensorPrimitives.ConvertTruncating(values, MemoryMarshal.Cast<byte, double>(stored));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(type), type, "not a floating-point type");
        }
    }

    private static ushort RoundToBFloat16(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        var upper = bits >> 16;
        return (ushort)(float.IsNaN(value) ? upper | 0x40 : (bits + 0x7FFF + (upper & 1)) >> 16);
    }

    private static void Widen<T>(ReadOnlySpan<byte> stored, Span<long> values)
        where T : unmanaged, System.Numerics.INumber<T> =>
        TensorPrimitives.ConvertChecked(MemoryMarshal.Cast<byte, T>(stored), values);
}
