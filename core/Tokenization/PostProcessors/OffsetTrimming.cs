namespace Gptx.Tokenization;

/// <summary>Takes the white space at a token's ends out of its offsets, as the byte-level and RoBERTa post-processors do.</summary>
internal static class OffsetTrimming
{
    /// <summary>Trims a window and what overflowed from it.</summary>
    /// <param name="window">The window and what overflowed from it.</param>
    /// <param name="addPrefixSpace">Whether a first token's single space was put in by the pre-tokenizer and covers no source.</param>
    public static void Trim(TokenWindow window, bool addPrefixSpace)
    {
        for (int i = 0; i < window.Tokens.Count; i++)
        {
            ref TokenEntry entry = ref window.Entries[i];
            int leading = Leading(entry.Value);
            int trailing = Trailing(entry.Value);
            if (leading == 1 && addPrefixSpace && (i == 0 || entry.Source.Start == 0))
            {
                leading = 0;
            }

            int start = Forward(window.Source, entry.Source.Start, entry.Source.End, leading);
            int end = Back(window.Source, start, entry.Source.End, trailing);
            entry.Source = new TextRange(start, end);
        }

        foreach (TokenWindow other in window.Overflowing)
        {
            Trim(other, addPrefixSpace);
        }
    }

    private static bool IsSpace(char unit) => unit == ByteAlphabet.Space || char.IsWhiteSpace(unit);

    private static int Leading(string token)
    {
        int count = 0;
        while (count < token.Length && IsSpace(token[count]))
        {
            count++;
        }

        return count;
    }

    private static int Trailing(string token)
    {
        int count = 0;
        while (count < token.Length && IsSpace(token[token.Length - 1 - count]))
        {
            count++;
        }

        return count;
    }

    // One space of the token is one character of the source, which may be two units.
    private static int Forward(string source, int from, int limit, int count)
    {
        for (; count > 0 && from < limit; count--)
        {
            from += char.IsHighSurrogate(source[from]) ? 2 : 1;
        }

        return Math.Min(from, limit);
    }

    private static int Back(string source, int limit, int from, int count)
    {
        for (; count > 0 && from > limit; count--)
        {
            from -= char.IsLowSurrogate(source[from - 1]) ? 2 : 1;
        }

        return Math.Max(from, limit);
    }
}
