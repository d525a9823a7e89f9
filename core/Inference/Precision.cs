namespace Gptx.Inference;

/// <summary>
/// The type to which the weights of matrix products and embedding tables are rounded when a model is loaded. Norms and biases stay as they are. Products are
/// computed with float32 activations in any case, unless <see cref="Compute.Int8"/> is asked for.
/// </summary>
public enum Precision
{
    /// <summary>As the file has it: 4-bit types that can be computed with stay in 4 bits, 8-bit ones in 8, all others are widened.</summary>
    Auto,

    /// <summary>float32: quantized weights are widened too.</summary>
    Fp32,

    /// <summary>Rounded to float16. A CPU computes with such weights widened, so this takes no less memory there.</summary>
    Fp16,

    /// <summary>Rounded to bfloat16; as for <see cref="Fp16"/>.</summary>
    Bf16,

    /// <summary>8 bits, blocks of 32 with a scale each, symmetric.</summary>
    Int8,

    /// <summary>4 bits, blocks of 32 with a scale and a zero point each.</summary>
    Int4,
}

/// <summary>The type of what quantized weights are multiplied by.</summary>
public enum Compute
{
    /// <summary>float32: exact within rounding.</summary>
    Float32,

    /// <summary>Rounded to 8 bits in blocks, token by token: faster; about one percent off in each product. For quantized weights only.</summary>
    Int8,
}

/// <summary>Reads both from text.</summary>
public static class PrecisionNames
{
    private static readonly Dictionary<string, Precision> Precisions = new(StringComparer.OrdinalIgnoreCase)
    {
        ["auto"] = Precision.Auto,
        ["fp32"] = Precision.Fp32,
        ["float32"] = Precision.Fp32,
        ["fp16"] = Precision.Fp16,
        ["float16"] = Precision.Fp16,
        ["bf16"] = Precision.Bf16,
        ["bfloat16"] = Precision.Bf16,
        ["int8"] = Precision.Int8,
        ["int4"] = Precision.Int4,
    };

    /// <summary>Reads <c>auto</c>, <c>fp32</c>, <c>fp16</c>, <c>bf16</c>, <c>int8</c> or <c>int4</c>; <c>float32</c>, <c>float16</c> and <c>bfloat16</c> are the same.</summary>
    /// <exception cref="GptxException"><c>PrecisionNotSupported</c>.</exception>
    public static Precision ToPrecision(string text) => Precisions.TryGetValue(text, out var precision) ? precision : throw NotSupported(
        $"precision '{text}' is not supported: it must be auto, fp32, fp16, bf16, int8 or int4");

    /// <summary>Reads <c>float32</c> or <c>int8</c>.</summary>
    /// <exception cref="GptxException"><c>PrecisionNotSupported</c>.</exception>
    public static Compute ToCompute(string text) => text.ToLowerInvariant() switch
    {
        "float32" or "fp32" => Compute.Float32,
        "int8" => Compute.Int8,
        _ => throw NotSupported($"compute '{text}' is not supported: it must be float32 or int8"),
    };

    internal static GptxException NotSupported(string problem) => new(GptxErrorKind.InvalidArgument, "PrecisionNotSupported", problem);
}
