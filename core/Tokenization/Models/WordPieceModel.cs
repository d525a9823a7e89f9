namespace Gptx.Tokenization;

/// <summary>BERT's model: the longest token that a word begins with, then the longest that the rest begins with, and so on.</summary>
internal sealed class WordPieceModel : ITokenizerModel
{
    private readonly TokenTable _vocabulary;
    private readonly string _unknown;
    private readonly string _prefix;
    private readonly long _longest;
    private readonly int _longestToken;

    /// <summary>Makes a model.</summary>
    /// <param name="vocabulary">The tokens.</param>
    /// <param name="unknown">What a word becomes that is not made of tokens.</param>
    /// <param name="prefix">What the tokens begin with that stand inside a word, <c>##</c>.</param>
    /// <param name="longest">How many characters a word may have that is not unknown at once.</param>
    public WordPieceModel(TokenTable vocabulary, string unknown, string prefix, long longest)
    {
        _vocabulary = vocabulary;
        _unknown = unknown;
        _prefix = prefix;
        _longest = longest;
        _longestToken = vocabulary.LongestToken;
    }

    public void Tokenize(ReadOnlySpan<char> piece, PieceTokens tokens)
    {
        if ((piece.Length > _longest && CharactersOf(piece) > _longest) || !TryTokenize(piece, tokens))
        {
            tokens.Clear();
            tokens.Add(UnknownToken.In(_vocabulary, _unknown, piece));
        }
    }

    private bool TryTokenize(ReadOnlySpan<char> piece, PieceTokens tokens)
    {
        // What tokens inside the word are looked up by: the prefix, and behind it as much of the word as a token can have.
        Span<char> inner = _prefix.Length + _longestToken <= 128 ? stackalloc char[128] : new char[_prefix.Length + _longestToken];
        _prefix.CopyTo(inner);
        for (int start = 0, length; start < piece.Length; start += length)
        {
            scoped ReadOnlySpan<char> rest = piece[start..Math.Min(piece.Length, start + _longestToken)];
            bool atEnd = start + rest.Length == piece.Length;
            int extra = 0;
            if (start > 0)
            {
                extra = _prefix.Length;
                rest.CopyTo(inner[extra..]);
                rest = inner[..(extra + rest.Length)];
            }

            if (!TryLongest(rest, extra, atEnd || !char.IsLowSurrogate(piece[start + rest.Length - extra]), out int id, out length))
            {
                return false;
            }

            tokens.Add(new ModelToken(id, start, start + length));
        }

        return true;
    }

    private bool TryLongest(ReadOnlySpan<char> rest, int extra, bool isWholeAtEnd, out int id, out int length)
    {
        for (length = rest.Length - extra; length > 0; length--)
        {
            bool isWhole = extra + length == rest.Length ? isWholeAtEnd : !char.IsLowSurrogate(rest[extra + length]);
            if (isWhole && _vocabulary.TryGetId(rest[..(extra + length)], out id))
            {
                return true;
            }
        }

        id = 0;
        return false;
    }

    private static int CharactersOf(ReadOnlySpan<char> piece)
    {
        int count = piece.Length;
        foreach (char unit in piece)
        {
            count -= char.IsLowSurrogate(unit) ? 1 : 0;
        }

        return count;
    }
}
