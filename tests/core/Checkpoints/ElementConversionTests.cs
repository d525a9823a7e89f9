using System.Runtime.InteropServices;
using Gptx.Checkpoints;

namespace Gptx.Tests.Checkpoints;

public class ElementConversionTests
{
    private static readonly ushort[] AllSixteenBits = [.. Enumerable.Range(0, 65536).Select(bits => (ushort)bits)];

    [Fact]
    public void Every_float16_widens_as_System_Half_says()
    {
        var widened = Widen(ElementType.Float16);
        Assert.All(AllSixteenBits, bits => Assert.Equal((float)BitConverter.UInt16BitsToHalf(bits), widened[bits]));
    }

    [Fact]
    public void Every_bfloat16_widens_to_the_float32_whose_upper_half_it_is()
    {
        var widened = Widen(ElementType.BFloat16);
        Assert.All(AllSixteenBits, bits => Assert.Equal((uint)bits << 16, BitConverter.SingleToUInt32Bits(widened[bits])));
    }

    [Fact]
    public void Narrowing_rounds_to_nearest_even()
    {
        var random = new Random(7);
        var values = Enumerable.Range(0, 100_000).Select(_ => BitConverter.UInt32BitsToSingle((uint)random.NextInt64(1L << 32)))
            .Concat([0f, -0f, 1f + (1f / 2048), 1f + (3f / 2048), 65519.99f, 65520f, 1e-8f, 2.98e-8f, 2.981e-8f, float.NaN, float.PositiveInfinity, float.Epsilon])
            .ToArray();
        var halves = new byte[values.Length * 2];
        var brains = new byte[values.Length * 2];
        ElementConversion.FromSingles(values, ElementType.Float16, halves);
        ElementConversion.FromSingles(values, ElementType.BFloat16, brains);
        for (var i = 0; i < values.Length; i++)
        {
            Assert.Equal((Half)values[i], MemoryMarshal.Cast<byte, Half>(halves)[i]);
            Assert.Equal(NearestBFloat16(values[i]), BitConverter.UInt32BitsToSingle((uint)MemoryMarshal.Cast<byte, ushort>(brains)[i] << 16));
        }
    }

    [Fact]
    public void Doubles_are_rounded()
    {
        double[] stored = [1.0 / 3, -0.0, 1e300, double.NaN, double.NegativeInfinity, 1e-46];
        var values = new float[stored.Length];
        ElementConversion.ToSingles(ElementType.Float64, MemoryMarshal.AsBytes<double>(stored), values);
        Assert.Equal(stored.Select(value => (float)value), values);
    }

    [Fact]
    public void Integers_of_any_width_become_int64()
    {
        var values = new long[4];
        ElementConversion.ToInt64s(ElementType.Int8, [0x80, 0xFF, 0, 1], values);
        Assert.Equal([-128, -1, 0, 1], values);
        ElementConversion.ToInt64s(ElementType.UInt8, [0x80, 0xFF, 0, 1], values);
        Assert.Equal([128, 255, 0, 1], values);
        ElementConversion.ToInt64s(ElementType.Bool, [0x80, 0xFF, 0, 1], values);
        Assert.Equal([1, 1, 0, 1], values);
        ElementConversion.ToInt64s(ElementType.UInt32, [0xFF, 0xFF, 0xFF, 0xFF], values.AsSpan(0, 1));
        Assert.Equal(uint.MaxValue, values[0]);
        Assert.Throws<OverflowException>(() => ElementConversion.ToInt64s(ElementType.UInt64, Enumerable.Repeat((byte)0xFF, 8).ToArray(), new long[1]));
    }

    private static float[] Widen(ElementType type)
    {
        var widened = new float[AllSixteenBits.Length];
        ElementConversion.ToSingles(type, MemoryMarshal.AsBytes<ushort>(AllSixteenBits), widened);
        return widened;
    }

    /// <summary>By distance, in double: the two neighbours, the nearer one, the even one of a tie.</summary>
    private static float NearestBFloat16(float value)
    {
        if (!float.IsFinite(value))
        {
            return value;
        }

        var below = BitConverter.SingleToUInt32Bits(value) & 0xFFFF0000;
        var above = below + 0x10000;
        var low = Math.Abs((double)BitConverter.UInt32BitsToSingle(below));
        var high = (above & 0x7FFFFFFF) == 0x7F800000 ? Math.ScaleB(1, 128) : Math.Abs((double)BitConverter.UInt32BitsToSingle(above));
        var middle = (low + high) / 2;
        var size = Math.Abs((double)value);
        return BitConverter.UInt32BitsToSingle(size < middle || (size == middle && (below & 0x10000) == 0) ? below : above);
    }

    [Fact]
    public void Every_float16_is_widened_exactly_and_so_is_what_fills_no_vector()
    {
        ushort[] bits = [.. Enumerable.Range(0, 1 << 16).Select(number => (ushort)number), 1, 2, 3];
        var values = new float[bits.Length];
        HalfWidening.Widen(System.Runtime.InteropServices.MemoryMarshal.Cast<ushort, Half>(bits), values);
        Assert.All(bits.Zip(values), pair =>
        {
            var expected = (float)BitConverter.UInt16BitsToHalf(pair.First);
            Assert.True(float.IsNaN(expected) ? float.IsNaN(pair.Second) : BitConverter.SingleToUInt32Bits(expected) == BitConverter.SingleToUInt32Bits(pair.Second));
        });
    }
}
