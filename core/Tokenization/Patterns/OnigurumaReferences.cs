namespace Gptx.Tokenization;

/// <summary>References to groups: by name, by number, or by a number counted from where they stand.</summary>
internal static class OnigurumaReferences
{
    /// <summary>What stands between the brackets of <c>\k&lt;...&gt;</c>: a name, a number, or a number from here: -1 is the group before, +1 the next.</summary>
    /// <exception cref="FormatException">It is none of these.</exception>
    /// <exception cref="NotSupportedException">It has a level.</exception>
    public static GroupReference Named(List<PatternGroup> groups, string text)
    {
        if (text.Length > 0 && !char.IsAsciiDigit(text[0]) && text[0] is not ('-' or '+'))
        {
            return text.AsSpan().IndexOfAny('+', '-') < 0 ? new GroupReference(0, text) : throw new NotSupportedException("a back-reference with a level");
        }

        if (!int.TryParse(text, out int number) || text.Length > 7)
        {
            throw new FormatException($"invalid group name <{text}>");
        }

        number = text[0] switch
        {
            '-' => groups.Count + 1 + number,
            '+' => groups.Count + number,
            _ => number,
        };
        return number > 0 ? new GroupReference(number, null) : throw new FormatException("invalid backref number/name");
    }

    /// <summary>\1 to \9, and more where there are so many groups; null, with nothing read, where it is an octal number.</summary>
    public static GroupReference? Numbered(OnigurumaReader reader, List<PatternGroup> groups)
    {
        int start = reader.At;
        long number = reader.TakeDigits(10, 6);
        if (number <= 9 || number <= groups.Count)
        {
            return new GroupReference((int)number, null);
        }

        reader.Back(start);
        return null;
    }
}
