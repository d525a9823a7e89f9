using System.Globalization;

namespace Gptx.Analyses;

/// <summary>Values of options that are not allowed, in one line.</summary>
internal static class OptionRange
{
    private const long LeastMemory = 1 << 20;

    public static void Check(string name, double value, bool isAllowed, string allowed)
    {
        if (!isAllowed)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "OptionOutOfRange", $"{name} {value.ToString(CultureInfo.InvariantCulture)} is not allowed: it must be {allowed}");
        }
    }

    public static void CheckMemory(long bytes) => Check("max-memory", bytes, bytes >= LeastMemory, $"at least {LeastMemory} bytes");
}
