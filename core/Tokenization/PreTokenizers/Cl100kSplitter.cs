namespace Gptx.Tokenization;

/// <summary>
/// The split of GPT-4, Llama 3 and Qwen 2 as a scanner over code points:
/// <c>(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+</c>.
/// </summary>
/// <param name="digits">The most digits of a piece: 3, or Qwen's 1.</param>
internal readonly struct Cl100kSplitter(int digits) : IPieceScanner
{
    public int FirstPiece(ReadOnlySpan<char> text)
    {
        if (text[0] == '\'' && Contraction(text) is > 0 and int contraction)
        {
            return contraction;
        }

        CharacterKind kind = CharacterKinds.At(text, 0, out int width);
        if (kind == CharacterKind.Letter)
        {
            return CharacterKinds.EndOfRun(text, width, CharacterKind.Letter);
        }

        // Any one character but a newline or number belongs to the letters behind it.
        bool isNewline = text[0] is '\r' or '\n';
        if (kind != CharacterKind.Number && !isNewline && KindAt(text, width, out int second) == CharacterKind.Letter)
        {
            return CharacterKinds.EndOfRun(text, width + second, CharacterKind.Letter);
        }

        return kind == CharacterKind.Number ? EndOfNumber(text, digits) : EndOfSignsOrSpace(text, kind, width, slashes: false);
    }

    /// <summary><c>(?i:'s|'t|'re|'ve|'m|'ll|'d)</c> at the beginning of a text: its length or 0. A long s is an s.</summary>
    public static int Contraction(ReadOnlySpan<char> text)
    {
        if (text.Length < 2 || text[0] != '\'')
        {
            return 0;
        }

        char next = Lower(text[1]);
        if (next is 's' or 't' or 'm' or 'd')
        {
            return 2;
        }

        bool two = text.Length > 2 && (next, Lower(text[2])) is ('r', 'e') or ('v', 'e') or ('l', 'l');
        return two ? 3 : 0;
    }

    /// <summary><c>\p{N}{1,n}</c>: where it ends in a text that begins with a number.</summary>
    public static int EndOfNumber(ReadOnlySpan<char> text, int digits)
    {
        int end = 0;
        for (int count = 0; count < digits && KindAt(text, end, out int width) == CharacterKind.Number; count++)
        {
            end += width;
        }

        return end;
    }

    /// <summary>The alternatives for signs and white space.</summary>
    /// <param name="text">A text that begins with neither a letter nor a number.</param>
    /// <param name="kind">The kind of its first character.</param>
    /// <param name="width">The width of its first character.</param>
    /// <param name="slashes">Whether the newlines behind signs may have slashes among them.</param>
    public static int EndOfSignsOrSpace(ReadOnlySpan<char> text, CharacterKind kind, int width, bool slashes)
    {
        bool hasSpace = text[0] == ' ' && KindAt(text, 1, out _) == CharacterKind.Other && text.Length > 1;
        if (hasSpace || kind == CharacterKind.Other)
        {
            int end = CharacterKinds.EndOfRun(text, hasSpace ? 1 : width, CharacterKind.Other);
            while (end < text.Length && (text[end] is '\r' or '\n' || (slashes && text[end] == '/')))
            {
                end++;
            }

            return end;
        }

        int run = CharacterKinds.EndOfRun(text, width, CharacterKind.Space);
        int newline = text[..run].LastIndexOfAny('\r', '\n');
        return newline >= 0 ? newline + 1
            : run == text.Length || run == 1 ? run
            : run - 1;
    }

    /// <summary>The kind of the character at an index; behind the end it is Space.</summary>
    public static CharacterKind KindAt(ReadOnlySpan<char> text, int index, out int width)
    {
        width = 0;
        return index < text.Length ? CharacterKinds.At(text, index, out width) : CharacterKind.Space;
    }

    private static char Lower(char unit) => unit == '\u017F' ? 's' : char.IsAsciiLetterUpper(unit) ? (char)(unit | 0x20) : unit;
}
