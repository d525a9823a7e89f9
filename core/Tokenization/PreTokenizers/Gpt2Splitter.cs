namespace Gptx.Tokenization;

/// <summary>
/// GPT-2's split, <c>'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+</c>, as a scanner over code points.
/// </summary>
internal readonly struct Gpt2Splitter : IPieceScanner
{
    int IPieceScanner.FirstPiece(ReadOnlySpan<char> text) => FirstPiece(text);

    /// <summary>The length of the first piece of a text that is not empty, in UTF-16 units.</summary>
    public static int FirstPiece(ReadOnlySpan<char> text)
    {
        int from = 0;
        CharacterKind kind = CharacterKinds.At(text, 0, out int width);
        if (text[0] == ' ' && text.Length > 1)
        {
            // One space belongs to the word, number or signs behind it.
            CharacterKind second = CharacterKinds.At(text, 1, out int secondWidth);
            if (second != CharacterKind.Space)
            {
                (from, kind, width) = (1, second, secondWidth);
            }
        }
        else if (text[0] == '\'' && Contraction(text) is > 0 and int contraction)
        {
            return contraction;
        }

        int run = CharacterKinds.EndOfRun(text, from + width, kind);

        // Of white space before something else, the last character is left for it; at the end of the text nothing is.
        return kind != CharacterKind.Space || run == text.Length || run == 1 ? run : run - 1;
    }

    private static int Contraction(ReadOnlySpan<char> text)
    {
        if (text.Length < 2)
        {
            return 0;
        }

        char next = text[1];
        if (next is 's' or 't' or 'm' or 'd')
        {
            return 2;
        }

        bool two = text.Length > 2 && (next, text[2]) is ('r', 'e') or ('v', 'e') or ('l', 'l');
        return two ? 3 : 0;
    }
}
