namespace Gptx.Graphs.Lowering;

/// <summary>The tensors that a quantized matrix is handed to ONNX Runtime in.</summary>
public enum BlockPart
{
    /// <summary>Its integers, [rows, blocks, bytes of a block]: what <c>MatMulNBits</c> multiplies; 4 bits: the first of two neighbours in the low half.</summary>
    Quants,

    /// <summary>The same bytes, [rows, bytes of a row]: what <c>GatherBlockQuantized</c> reads rows of.</summary>
    Table,

    /// <summary>A scale a block, [rows, blocks] float32.</summary>
    Scales,

    /// <summary>An integer zero point a block, packed as the integers are, [rows, bytes].</summary>
    ZeroPoints,

    /// <summary>What is left of each block's minimum when its integers are counted from their middle, [blocks, rows] float32.</summary>
    Minima,

    /// <summary>Integers of 8 bits as two of 4: the upper halves of a row's blocks, then the lower ones, [rows, 2 * blocks, 16].</summary>
    HalfQuants,

    /// <summary>The scales of both: 16 times the block's, then the block's, [rows, 2 * blocks] float32.</summary>
    HalfScales,

    /// <summary>The zero points of both: 8, then 0, [rows, blocks].</summary>
    HalfZeroPoints,
}

/// <summary>
/// A matrix [rows, columns] that stays quantized in the graph, in blocks of 32 neighbours of a row: value = scale * (q - zero point) + minimum.
/// Where blocks have no zero point it is the middle, 8 or 128.
/// </summary>
/// <param name="Name">What its parts' names begin with.</param>
/// <param name="File">A file of the checkpoint.</param>
/// <param name="Bits">Bits of q: 4 or 8.</param>
/// <param name="HasZeroPoints">Whether each block has an integer zero point.</param>
/// <param name="HasMinima">Whether each block has a minimum.</param>
/// <param name="Rows">Rows: what a product gives.</param>
/// <param name="Columns">Columns: what a product reads.</param>
public sealed record BlockWeight(string Name, string File, int Bits, bool HasZeroPoints, bool HasMinima, long Rows, int Columns)
{
    /// <summary>Elements of a block.</summary>
    public const int BlockLength = 32;

    /// <summary>Blocks of a row.</summary>
    public int Blocks => Columns / BlockLength;

    /// <summary>The name of a part, by which sessions ask for its memory.</summary>
    public string NameOf(BlockPart part) => $"{Name}#{part}";

    /// <summary>The shape of a part.</summary>
    public IReadOnlyList<long> ShapeOf(BlockPart part) => part switch
    {
        BlockPart.Quants => [Rows, Blocks, BlockLength * Bits / 8],
        BlockPart.Table => [Rows, (long)Columns * Bits / 8],
        BlockPart.Scales => [Rows, Blocks],
        BlockPart.ZeroPoints => [Rows, ((Blocks * Bits) + 7) / 8],
        BlockPart.Minima => [Blocks, Rows],
        BlockPart.HalfQuants => [Rows, 2 * Blocks, BlockLength / 2],
        BlockPart.HalfScales => [Rows, 2 * Blocks],
        _ => [Rows, Blocks],
    };

    /// <summary>The type of a part's elements: bytes or float32.</summary>
    public static DataType TypeOf(BlockPart part) =>
        part is BlockPart.Scales or BlockPart.Minima or BlockPart.HalfScales ? DataType.Float32 : DataType.UInt8;

    /// <summary>The size of a part.</summary>
    public long BytesOf(BlockPart part) => ShapeOf(part).Aggregate(1L, (product, size) => product * size) * (TypeOf(part) == DataType.Float32 ? sizeof(float) : 1);
}
