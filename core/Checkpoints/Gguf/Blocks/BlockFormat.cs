namespace Gptx.Checkpoints;

/// <summary>Widens whole blocks: the numbers that they stand for, in order, as float32.</summary>
/// <param name="blocks">Blocks one after the other.</param>
/// <param name="values">As many floats as the blocks hold.</param>
internal delegate void BlockWidening(ReadOnlySpan<byte> blocks, Span<float> values);

/// <summary>
/// How a quantized type stores its elements: in blocks of so many elements and so many bytes, none of which can be read alone. Each format is
/// one small file here; all compute as the reference does (gguf-py's quants.py: float32, in this order), so the numbers are the same bits.
/// </summary>
/// <param name="Length">Elements of a block.</param>
/// <param name="Bytes">Bytes of a block.</param>
/// <param name="Widen">Decodes blocks.</param>
internal sealed record BlockFormat(int Length, int Bytes, BlockWidening Widen)
{
    /// <summary>The most elements that a block of any type has.</summary>
    public const int Longest = 256;

    private static readonly Dictionary<ElementType, BlockFormat> Formats = new()
    {
        [ElementType.Q4_0] = new(32, 18, Q4_0.Widen) { Parts = new(new(4, BlockOffset.Middle), Q4_0.Unpack) },
        [ElementType.Q4_1] = new(32, 20, Q4_1.Widen) { Parts = new(new(4, BlockOffset.Minimum), Q4_1.Unpack) },
        [ElementType.Q5_0] = new(32, 22, Q5_0.Widen),
        [ElementType.Q5_1] = new(32, 24, Q5_1.Widen),
        [ElementType.Q8_0] = new(32, 34, Q8_0.Widen) { Parts = new(new(8, BlockOffset.Middle), Q8_0.Unpack) },
        [ElementType.Q2_K] = new(256, 84, Q2_K.Widen),
        [ElementType.Q3_K] = new(256, 110, Q3_K.Widen),
        [ElementType.Q4_K] = new(256, 144, Q4_K.Widen) { Parts = new(new(4, BlockOffset.Minimum), Q4_K.Unpack) },
        [ElementType.Q5_K] = new(256, 176, Q5_K.Widen),
        [ElementType.Q6_K] = new(256, 210, Q6_K.Widen),
        [ElementType.IQ4_NL] = new(32, 18, IQ4_NL.Widen),
        [ElementType.IQ4_XS] = new(256, 136, IQ4_XS.Widen),
        [ElementType.MXFP4] = new(32, 17, MXFP4.Widen),
        [ElementType.TQ1_0] = new(256, 54, TQ1_0.Widen),
        [ElementType.TQ2_0] = new(256, 66, TQ2_0.Widen),
    };

    /// <summary>How blocks are taken apart, so that they can be computed with as they are; null where they are widened.</summary>
    public BlockParts? Parts { get; init; }

    /// <summary>The format of a type; null where elements are stored one by one.</summary>
    public static BlockFormat? Of(ElementType type) => Formats.GetValueOrDefault(type);
}
