using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Gptx.Checkpoints;

/// <summary>
/// float16 to float32, exactly. Millions of numbers pass through here once, when a model is opened, before the runtime would have
/// optimised anything: so it is compiled at once and for the machine at hand, in place of TensorPrimitives' general conversion.
/// </summary>
internal static class HalfWidening
{
    private const uint Magnitude = 0x7FFF;
    private const uint Sign = 0x8000;
    private const uint ExponentOfInfinity = 0x0F80_0000;
    private const uint ExponentOfSingleInfinity = 0x7F80_0000;

    /// <summary>2^112, the distance between the exponents' biases: it also makes numbers of what are subnormals in float16.</summary>
    private const uint Rebias = 0x7780_0000;

    /// <summary>Widens numbers; both spans have the same length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Widen(ReadOnlySpan<Half> stored, Span<float> values)
    {
        var bits = MemoryMarshal.Cast<Half, ushort>(stored);
        var singles = MemoryMarshal.Cast<float, uint>(values);
        var i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            for (; i <= bits.Length - Vector256<ushort>.Count; i += Vector256<ushort>.Count)
            {
                var (lower, upper) = Vector256.Widen(Vector256.Create(bits[i..]));
                Widen(lower).CopyTo(singles[i..]);
                Widen(upper).CopyTo(singles[(i + Vector256<uint>.Count)..]);
            }
        }

        for (; i < bits.Length; i++)
        {
            values[i] = (float)BitConverter.UInt16BitsToHalf(bits[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Widen(Vector256<uint> half)
    {
        var shifted = (half & Vector256.Create(Magnitude)) << 13;
        var finite = (shifted.AsSingle() * Vector256.Create(Rebias).AsSingle()).AsUInt32();
        var infiniteOrNot = Vector256.GreaterThanOrEqual(shifted, Vector256.Create(ExponentOfInfinity));
        var magnitude = Vector256.ConditionalSelect(infiniteOrNot, shifted | Vector256.Create(ExponentOfSingleInfinity), finite);
        return magnitude | ((half & Vector256.Create(Sign)) << 16);
    }
}
