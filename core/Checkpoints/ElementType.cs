namespace Gptx.Checkpoints;

/// <summary>
/// How the elements of a stored tensor are encoded; little-endian throughout. Those from <see cref="Q4_0"/> on are quantized: stored in blocks, of
/// which none can be read alone, and widened to float32.
/// </summary>
public enum ElementType
{
    /// <summary>IEEE 754 single precision, 4 bytes.</summary>
    Float32,

    /// <summary>IEEE 754 half precision, 2 bytes: 5 bits of exponent, 10 of fraction, largest value 65,504.</summary>
    Float16,

    /// <summary>The upper half of a float32, 2 bytes: 8 bits of exponent, 7 of fraction.</summary>
    BFloat16,

    /// <summary>IEEE 754 double precision, 8 bytes.</summary>
    Float64,

    /// <summary>Signed, 1 byte.</summary>
    Int8,

    /// <summary>Unsigned, 1 byte.</summary>
    UInt8,

    /// <summary>Signed, 2 bytes.</summary>
    Int16,

    /// <summary>Unsigned, 2 bytes.</summary>
    UInt16,

    /// <summary>Signed, 4 bytes.</summary>
    Int32,

    /// <summary>Unsigned, 4 bytes.</summary>
    UInt32,

    /// <summary>Signed, 8 bytes.</summary>
    Int64,

    /// <summary>Unsigned, 8 bytes.</summary>
    UInt64,

    /// <summary>True or false, 1 byte: 0 is false.</summary>
    Bool,

    /// <summary>4 bits, one scale for 32 (GGUF).</summary>
    Q4_0,

    /// <summary>4 bits, scale and minimum for 32 (GGUF).</summary>
    Q4_1,

    /// <summary>5 bits, one scale for 32 (GGUF).</summary>
    Q5_0,

    /// <summary>5 bits, scale and minimum for 32 (GGUF).</summary>
    Q5_1,

    /// <summary>8 bits, one scale for 32 (GGUF).</summary>
    Q8_0,

    /// <summary>2 bits, 16 groups with scale and minimum in 256 (GGUF).</summary>
    Q2_K,

    /// <summary>3 bits, 16 groups with a scale in 256 (GGUF).</summary>
    Q3_K,

    /// <summary>4 bits, 8 groups with scale and minimum in 256 (GGUF).</summary>
    Q4_K,

    /// <summary>5 bits, 8 groups with scale and minimum in 256 (GGUF).</summary>
    Q5_K,

    /// <summary>6 bits, 16 groups with a scale in 256 (GGUF).</summary>
    Q6_K,

    /// <summary>4 bits that choose from uneven values, one scale for 32 (GGUF).</summary>
    IQ4_NL,

    /// <summary>4 bits that choose from uneven values, 8 groups with a scale in 256 (GGUF).</summary>
    IQ4_XS,

    /// <summary>4-bit floats, one power of two for 32 (GGUF).</summary>
    MXFP4,

    /// <summary>Ternary, five elements a byte, one scale for 256 (GGUF).</summary>
    TQ1_0,

    /// <summary>Ternary, four elements a byte, one scale for 256 (GGUF).</summary>
    TQ2_0,
}

/// <summary>What an <see cref="ElementType"/> says about its elements.</summary>
public static class ElementTypes
{
    /// <summary>The size of one element in bytes: 1, 2, 4 or 8. A quantized type has none: <see cref="BlockBytes"/> of <see cref="BlockLength"/>.</summary>
    public static int SizeInBytes(this ElementType type) => type switch
    {
        ElementType.Bool or ElementType.Int8 or ElementType.UInt8 => 1,
        ElementType.Float16 or ElementType.BFloat16 or ElementType.Int16 or ElementType.UInt16 => 2,
        ElementType.Float32 or ElementType.Int32 or ElementType.UInt32 => 4,
        ElementType.Float64 or ElementType.Int64 or ElementType.UInt64 => 8,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "not an element type"),
    };

    /// <summary>Elements that are stored together: 32 or 256 where they are quantized, otherwise 1.</summary>
    public static int BlockLength(this ElementType type) => BlockFormat.Of(type)?.Length ?? 1;

    /// <summary>The size in bytes of those that are stored together.</summary>
    public static int BlockBytes(this ElementType type) => BlockFormat.Of(type)?.Bytes ?? type.SizeInBytes();

    /// <summary>Whether the elements are quantized: stored in blocks with common scales.</summary>
    public static bool IsQuantized(this ElementType type) => BlockFormat.Of(type) is not null;

    /// <summary>
    /// Whether the elements are floating-point numbers, which <see cref="CheckpointTensor.ReadSingles()"/> widens or rounds to float32;
    /// quantized ones are.
    /// </summary>
    public static bool IsFloat(this ElementType type) =>
        type is ElementType.Float32 or ElementType.Float16 or ElementType.BFloat16 or ElementType.Float64 || type.IsQuantized();
}
