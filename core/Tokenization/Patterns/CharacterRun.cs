namespace Gptx.Tokenization;

/// <summary>Characters of one set in a row.</summary>
internal static class CharacterRun
{
    /// <summary>Goes over at most so many characters of a set.</summary>
    /// <param name="text">The text.</param>
    /// <param name="set">The set.</param>
    /// <param name="most">The most characters.</param>
    /// <param name="at">From where, in UTF-16 units; behind the last of them when it returns.</param>
    /// <returns>How many characters.</returns>
    public static int Take(ReadOnlySpan<char> text, CharacterSet set, int most, ref int at)
    {
        int count = 0;
        int i = at;
        while (count < most && (uint)i < (uint)text.Length)
        {
            int value = text[i];
            if (char.IsSurrogate((char)value))
            {
                value = PatternText.At(text, i);
            }

            if (!set.Contains(value))
            {
                break;
            }

            i += PatternText.Width(value);
            count++;
        }

        at = i;
        return count;
    }
}
