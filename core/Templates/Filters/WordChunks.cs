namespace Gptx.Templates;

/// <summary>The pieces between which <c>textwrap</c> may break a line: words, white space, parts of hyphenated words, dashes.</summary>
internal static class WordChunks
{
    /// <summary>Words and white space.</summary>
    public static List<string> Of(string line, Rendering run)
    {
        var chunks = new List<string>();
        for (int start = 0, end; start < line.Length; start = end)
        {
            end = start;
            while (end < line.Length && IsSpace(line[end]) == IsSpace(line[start]))
            {
                end++;
            }

            Add(chunks, line, start, end, run);
        }

        return chunks;
    }

    /// <summary>Words broken after hyphens between letters, and before and after dashes.</summary>
    public static List<string> WithHyphens(string line, Rendering run)
    {
        var chunks = new List<string>();
        for (int start = 0, end; start < line.Length; start = end)
        {
            end = IsSpace(line[start]) ? SpaceEnd(line, start) : DashEnd(line, start) is var dash and > 0 ? dash : WordEnd(line, start);
            Add(chunks, line, start, end, run);
        }

        return chunks;
    }

    private static void Add(List<string> chunks, string line, int start, int end, Rendering run)
    {
        run.Budget.Step();
        run.Budget.Memory(64);
        chunks.Add(line[start..end]);
    }

    private static int SpaceEnd(string line, int start)
    {
        while (start < line.Length && IsSpace(line[start]))
        {
            start++;
        }

        return start;
    }

    // (?<=[\w!"'&.,?])-{2,}(?=\w)
    private static int DashEnd(string line, int start)
    {
        if (start == 0 || !IsWordEnd(line[start - 1]))
        {
            return 0;
        }

        var end = start;
        while (end < line.Length && line[end] == '-')
        {
            end++;
        }

        return end - start >= 2 && end < line.Length && IsWord(line[end]) ? end : 0;
    }

    // [^ws]+? (?: -(?: (?<=letter{2}-) | (?<=letter-letter-)) (?= letter -? letter) | (?=ws|\Z) | (?<=[\w!"'&.,?])(?=-{2,}\w) )
    private static int WordEnd(string line, int start)
    {
        for (var end = start + 1; end <= line.Length; end++)
        {
            if (end == line.Length || IsSpace(line[end]))
            {
                return end;
            }

            // The hyphen that follows belongs to this piece.
            if (line[end] == '-' && BreaksAfterHyphen(line, end))
            {
                return end + 1;
            }

            if (IsWordEnd(line[end - 1]) && DashEnd(line, end) > 0)
            {
                return end;
            }
        }

        return line.Length;
    }

    private static bool BreaksAfterHyphen(string line, int hyphen)
    {
        var before = (hyphen >= 2 && IsLetter(line[hyphen - 1]) && IsLetter(line[hyphen - 2]))
            || (hyphen >= 3 && IsLetter(line[hyphen - 1]) && line[hyphen - 2] == '-' && IsLetter(line[hyphen - 3]));
        var at = hyphen + 1;
        if (!before || at >= line.Length || !IsLetter(line[at]))
        {
            return false;
        }

        at++;
        at += at < line.Length && line[at] == '-' ? 1 : 0;
        return at < line.Length && IsLetter(line[at]);
    }

    private static bool IsSpace(char character) => character is ' ' or (>= '\t' and <= '\r');

    private static bool IsWord(char character) => PythonCharacters.IsWord(character);

    private static bool IsLetter(char character) => IsWord(character) && !PythonCharacters.IsDecimal(character);

    private static bool IsWordEnd(char character) => IsWord(character) || character is '!' or '"' or '\'' or '&' or '.' or ',' or '?';
}
