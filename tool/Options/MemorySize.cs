using System.Globalization;

namespace Gptx.Tool.Options;

/// <summary>Sizes of memory as people write them: 512M, 4G, or a number of bytes.</summary>
internal static class MemorySize
{
    /// <summary>The bytes that an option names.</summary>
    /// <exception cref="GptxException"><c>OptionOutOfRange</c>.</exception>
    public static long Parse(string option, string text)
    {
        var shift = char.ToUpperInvariant(text.LastOrDefault()) switch { 'K' => 10, 'M' => 20, 'G' => 30, _ => 0 };
        return double.TryParse(shift > 0 ? text[..^1] : text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number * (1L << shift) is >= 1 << 20 and < 1L << 50 and var bytes
            ? (long)bytes
            : throw new GptxException(GptxErrorKind.InvalidArgument, "OptionOutOfRange", $"{option} '{text}' is not allowed: it must be a size of at least 1M, for example 512M or 4G");
    }
}
