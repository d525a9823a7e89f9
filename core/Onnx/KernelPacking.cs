using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using Gptx.Graphs.Lowering;

namespace Gptx.Onnx;

/// <summary>
/// What <c>MatMulNBits</c> copies into a layout of its own when a session opens, and reads no more: it does where ONNX Runtime (MLAS) has a kernel for the
/// processor, and otherwise widens the matrix at each run.
/// </summary>
internal static class KernelPacking
{
    /// <summary>Whether the integers of a part are copied. 8 bits are multiplied as such with 8-bit activations only.</summary>
    public static bool Packs(BlockPart part, int bits) => part switch
    {
        BlockPart.HalfQuants => HasFourBits,
        BlockPart.Quants => bits == 4 ? HasFourBits : HasEightBits,
        _ => false,
    };

    private static bool HasFourBits => (Avx2.IsSupported && Fma.IsSupported) || AdvSimd.Arm64.IsSupported;

    private static bool HasEightBits => (Avx2.IsSupported && Fma.IsSupported) || Dp.Arm64.IsSupported;
}
