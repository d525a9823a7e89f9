namespace Gptx.Tokenization;

/// <summary>Code points of a text in UTF-16. A surrogate without its partner counts as itself.</summary>
internal static class PatternText
{
    /// <summary>The code point at a place, -1 at the end.</summary>
    public static int At(ReadOnlySpan<char> text, int at)
    {
        if ((uint)at >= (uint)text.Length)
        {
            return -1;
        }

        char unit = text[at];
        return char.IsHighSurrogate(unit) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1])
            ? char.ConvertToUtf32(unit, text[at + 1])
            : unit;
    }

    /// <summary>The code point before a place, -1 at the start.</summary>
    public static int Before(ReadOnlySpan<char> text, int at)
    {
        if (at == 0)
        {
            return -1;
        }

        char unit = text[at - 1];
        return char.IsLowSurrogate(unit) && at > 1 && char.IsHighSurrogate(text[at - 2])
            ? char.ConvertToUtf32(text[at - 2], unit)
            : unit;
    }

    /// <summary>How many units a code point takes.</summary>
    public static int Width(int value) => value > 0xFFFF ? 2 : 1;
}
