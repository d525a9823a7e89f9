namespace Gptx.Checkpoints;

/// <summary>What is known of a block beside its scale.</summary>
internal enum BlockOffset
{
    /// <summary>Nothing: value = scale * (q - 2^(bits - 1)).</summary>
    Middle,

    /// <summary>An integer of as many bits: value = scale * (q - zero point).</summary>
    ZeroPoint,

    /// <summary>A number: value = scale * q + minimum.</summary>
    Minimum,
}

/// <summary>How a matrix is kept in blocks of 32 neighbouring elements of a row: each an unsigned integer q, each block with a scale.</summary>
/// <param name="Bits">Bits of q: 4 or 8.</param>
/// <param name="Offset">What a block has beside its scale.</param>
internal sealed record BlockForm(int Bits, BlockOffset Offset)
{
    /// <summary>Elements of a block.</summary>
    public const int Length = 32;

    /// <summary>The integer that stands for 0 where blocks do not say.</summary>
    public int Middle => 1 << (Bits - 1);

    /// <summary>The largest integer.</summary>
    public int Largest => (1 << Bits) - 1;
}
