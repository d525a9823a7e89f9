using System.Numerics.Tensors;

namespace Gptx.Checkpoints;

/// <summary>
/// Round-to-nearest quantization of blocks of 32, as ONNX's DequantizeLinear reads it: 8 bits symmetric (scale = largest magnitude / 127), 4 bits with
/// an integer zero point (scale = (largest - smallest) / 15, both widened to hold 0).
/// </summary>
internal static class BlockQuantization
{
    /// <summary>8 bits, symmetric.</summary>
    public static BlockForm Int8 { get; } = new(8, BlockOffset.Middle);

    /// <summary>4 bits with a zero point.</summary>
    public static BlockForm Int4 { get; } = new(4, BlockOffset.ZeroPoint);

    /// <summary>Quantizes neighbouring blocks.</summary>
    public static void Quantize(ReadOnlySpan<float> values, BlockForm form, BlockRow into)
    {
        for (var block = 0; block < values.Length / BlockForm.Length; block++)
        {
            var own = values.Slice(block * BlockForm.Length, BlockForm.Length);
            var (scale, zero) = form.Offset == BlockOffset.ZeroPoint ? Asymmetric(own, form) : (Math.Abs(TensorPrimitives.MaxMagnitude(own)) / (form.Middle - 1), form.Middle);
            into.Set(block, scale, zero);
            var quants = into.QuantsOf(block);
            for (var i = 0; i < quants.Length; i++)
            {
                quants[i] = (byte)(scale == 0 ? zero : Math.Clamp((int)MathF.Round(own[i] / scale) + zero, 0, form.Largest));
            }
        }
    }

    /// <summary>The numbers that quantized blocks stand for.</summary>
    public static void Widen(BlockRow blocks, BlockForm form, Span<float> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var block = i / BlockForm.Length;
            var zero = form.Offset == BlockOffset.ZeroPoint ? (int)blocks.Offsets[block] : form.Middle;
            values[i] = blocks.Scales[block] * (blocks.Quants[i] - zero);
        }
    }

    private static (float Scale, int Zero) Asymmetric(ReadOnlySpan<float> values, BlockForm form)
    {
        var (least, most) = (Math.Min(0, TensorPrimitives.Min(values)), Math.Max(0, TensorPrimitives.Max(values)));
        var scale = (most - least) / form.Largest;
        return (scale, scale == 0 ? form.Middle : Math.Clamp((int)MathF.Round(-least / scale), 0, form.Largest));
    }
}
