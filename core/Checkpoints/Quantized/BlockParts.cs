namespace Gptx.Checkpoints;

/// <summary>Takes whole stored blocks apart into integers, scales and offsets.</summary>
internal delegate void BlockUnpacking(ReadOnlySpan<byte> blocks, BlockRow into);

/// <summary>How blocks of a type are taken apart without loss; types that cannot be so are widened.</summary>
/// <param name="Form">What they are taken apart into.</param>
/// <param name="Unpack">Takes them apart.</param>
internal sealed record BlockParts(BlockForm Form, BlockUnpacking Unpack);
