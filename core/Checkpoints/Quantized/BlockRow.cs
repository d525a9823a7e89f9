namespace Gptx.Checkpoints;

/// <summary>Where the parts of blocks go, one after the other; a part that is not wanted has no room.</summary>
/// <param name="quants">The integers, one a byte.</param>
/// <param name="scales">A scale a block.</param>
/// <param name="offsets">A zero point or minimum a block.</param>
internal readonly ref struct BlockRow(Span<byte> quants, Span<float> scales, Span<float> offsets)
{
    /// <summary>The integers, one a byte.</summary>
    public Span<byte> Quants { get; } = quants;

    /// <summary>A scale a block.</summary>
    public Span<float> Scales { get; } = scales;

    /// <summary>A zero point or minimum a block; without meaning where a block has neither.</summary>
    public Span<float> Offsets { get; } = offsets;

    /// <summary>Room for the integers of one block; empty where they are not wanted.</summary>
    public Span<byte> QuantsOf(int block) => Quants.IsEmpty ? [] : Quants.Slice(block * BlockForm.Length, BlockForm.Length);

    /// <summary>Notes what a block has beside its integers.</summary>
    public void Set(int block, float scale, float offset = 0)
    {
        if (!Scales.IsEmpty)
        {
            Scales[block] = scale;
        }

        if (!Offsets.IsEmpty)
        {
            Offsets[block] = offset;
        }
    }

    /// <summary>The room of some blocks.</summary>
    public BlockRow Slice(int first, int count) => new(
        Quants.IsEmpty ? [] : Quants.Slice(first * BlockForm.Length, count * BlockForm.Length),
        Scales.IsEmpty ? [] : Scales.Slice(first, count),
        Offsets.IsEmpty ? [] : Offsets.Slice(first, count));
}
