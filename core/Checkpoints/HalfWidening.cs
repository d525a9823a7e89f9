using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Gptx.Checkpoints;

/// <summary>
/// float16 as float32, exactly. Written out, and optimized when first called: a model's weights are widened once, at the start, and
/// TensorPrimitives runs that once in unoptimized code, which took a tenth of the time to the first token.
/// </summary>
internal static class HalfWidening
{
    private const uint Infinite = 0x7c00u << 13;

    // 2^112: the exponent of float32 counts from 127, that of float16 from 15.
    private const float Rebase = 5.192296858534828e33f;

    /// <summary>Widens each value; both spans are of one length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ToSingles(ReadOnlySpan<ushort> halves, Span<float> values)
    {
        ref var from = ref MemoryMarshal.GetReference(halves);
        ref var to = ref MemoryMarshal.GetReference(values);
        var i = 0;
        for (; i <= halves.Length - Vector128<ushort>.Count; i += Vector128<ushort>.Count)
        {
            var (lower, upper) = Vector128.Widen(Vector128.LoadUnsafe(ref from, (nuint)i));
            Widen(lower).StoreUnsafe(ref to, (nuint)i);
            Widen(upper).StoreUnsafe(ref to, (nuint)(i + Vector128<float>.Count));
        }

        for (; i < halves.Length; i++)
        {
            values[i] = (float)BitConverter.UInt16BitsToHalf(halves[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Widen(Vector128<uint> half)
    {
        var magnitude = (half & Vector128.Create(0x7fffu)) << 13;
        var finite = (magnitude.AsSingle() * Vector128.Create(Rebase)).AsUInt32();
        var infinite = magnitude | Vector128.Create(0x7f800000u);
        var widened = Vector128.ConditionalSelect(Vector128.GreaterThanOrEqual(magnitude, Vector128.Create(Infinite)), infinite, finite);
        return (widened | ((half & Vector128.Create(0x8000u)) << 16)).AsSingle();
    }
}
