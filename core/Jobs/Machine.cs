using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text;

namespace Gptx.Jobs;

/// <summary>
/// The kind of machine that computes. Two kinds round sums differently, so equal bits are promised for one kind; it is written down with what was computed, and the
/// output's summary names all that there were.
/// </summary>
internal static class Machine
{
    private const int BrandFirst = unchecked((int)0x80000002);
    private const int BrandLast = unchecked((int)0x80000004);

    private static readonly Lazy<string> Processor = new(() => $"{Brand()} {Widest()}");

    /// <summary>The processor and its widest vector instructions, and the device where that is another.</summary>
    /// <param name="device">Where the task computes: <c>cpu</c>, <c>cuda:0</c>.</param>
    public static string Of(string device) => device == "cpu" ? Processor.Value : $"{device}, {Processor.Value}";

    // What the processor says, since a program that was compiled ahead may not use all that it has, while ONNX Runtime does. Bits of leaf 7: 5 is AVX2, 16 AVX-512F.
    private static string Widest()
    {
        var features = X86Base.IsSupported ? X86Base.CpuId(7, 0).Ebx : 0;
        return (features & (1 << 16)) != 0 ? "avx512" : (features & (1 << 5)) != 0 ? "avx2" : $"{RuntimeInformation.ProcessArchitecture}".ToLowerInvariant();
    }

    private static string Brand() => X86Base.IsSupported && X86Base.CpuId(int.MinValue, 0).Eax >= BrandLast ? X86Brand() : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? LinuxPart() ?? "processor";

    // 48 bytes of ASCII in the registers of three leaves; https://www.felixcloutier.com/x86/cpuid.
    private static string X86Brand()
    {
        var bytes = new byte[48];
        var registers = MemoryMarshal.Cast<byte, int>(bytes.AsSpan());
        for (var leaf = BrandFirst; leaf <= BrandLast; leaf++)
        {
            var (a, b, c, d) = X86Base.CpuId(leaf, 0);
            ReadOnlySpan<int> four = [a, b, c, d];
            four.CopyTo(registers[((leaf - BrandFirst) * 4)..]);
        }

        return string.Join(' ', Encoding.ASCII.GetString(bytes).Split(['\0', ' '], StringSplitOptions.RemoveEmptyEntries));
    }

    // Arm names no brand: /proc/cpuinfo has the number of the design.
    private static string? LinuxPart()
    {
        try
        {
            return File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("CPU part", StringComparison.Ordinal))?.Split(':')[^1].Trim();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
