namespace Gptx.Tests.Inference;

/// <summary>Weights rounded as each precision rounds them, number by number, written down a second time.</summary>
internal static class RoundedByHand
{
    private const int Block = 32;

    /// <summary>A matrix [rows, columns] as it is stored; blocks lie along rows, or down columns.</summary>
    public static float[] Round(string precision, float[] values, long[] shape, bool downColumns)
    {
        if (precision is "fp16" or "bf16")
        {
            return Array.ConvertAll(values, value => precision == "fp16" ? (float)(Half)value : UpperHalf(value));
        }

        var (rows, columns) = (shape[0], shape[1]);
        if ((downColumns ? rows : columns) % Block != 0)
        {
            return values;
        }

        var rounded = new float[values.Length];
        for (long line = 0; line < (downColumns ? columns : rows); line++)
        {
            for (long start = 0; start < (downColumns ? rows : columns); start += Block)
            {
                long[] places = [.. Enumerable.Range(0, Block).Select(i => downColumns ? ((start + i) * columns) + line : (line * columns) + start + i)];
                float[] block = [.. places.Select(place => values[place])];
                foreach (var (place, value) in places.Zip(precision == "int8" ? Symmetric(block) : Asymmetric(block)))
                {
                    rounded[place] = value;
                }
            }
        }

        return rounded;
    }

    private static IEnumerable<float> Symmetric(float[] block)
    {
        var scale = block.Max(Math.Abs) / 127;
        return block.Select(value => scale * MathF.Round(value / scale));
    }

    private static IEnumerable<float> Asymmetric(float[] block)
    {
        var scale = (Math.Max(0, block.Max()) - Math.Min(0, block.Min())) / 15;
        var zero = MathF.Round(-Math.Min(0, block.Min()) / scale);
        return block.Select(value => scale * (Math.Clamp(MathF.Round(value / scale) + zero, 0, 15) - zero));
    }

    private static float UpperHalf(float value)
    {
        var below = BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(value) & unchecked((int)0xFFFF_0000));
        var above = BitConverter.Int32BitsToSingle((BitConverter.SingleToInt32Bits(value) & unchecked((int)0xFFFF_0000)) + 0x1_0000);
        var (down, up) = (Math.Abs((double)value - below), Math.Abs((double)above - value));
        var belowIsEven = (BitConverter.SingleToInt32Bits(below) & 0x1_0000) == 0;
        return down < up || (down.Equals(up) && belowIsEven) ? below : above;
    }
}
