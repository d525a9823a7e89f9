namespace Gptx.Tokenization;

/// <summary>Text in which each lone surrogate is U+FFFD: one unit for one unit, so that offsets stay.</summary>
internal static class WellFormedText
{
    public static string Of(string text)
    {
        return Is(text) ? text : string.Create(text.Length, text, Replace);
    }

    public static bool Is(ReadOnlySpan<char> text)
    {
        int first = text.IndexOfAnyInRange('\uD800', '\uDFFF');
        return first < 0 || AllPaired(text[first..]);
    }

    private static bool AllPaired(ReadOnlySpan<char> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                continue;
            }

            if (!IsPair(text, i))
            {
                return false;
            }

            i++;
        }

        return true;
    }

    private static void Replace(Span<char> result, string text)
    {
        text.CopyTo(result);
        for (int i = 0; i < result.Length; i++)
        {
            if (IsPair(result, i))
            {
                i++;
            }
            else if (char.IsSurrogate(result[i]))
            {
                result[i] = '\uFFFD';
            }
        }
    }

    private static bool IsPair(ReadOnlySpan<char> text, int i) =>
        i + 1 < text.Length && char.IsHighSurrogate(text[i]) && char.IsLowSurrogate(text[i + 1]);
}
