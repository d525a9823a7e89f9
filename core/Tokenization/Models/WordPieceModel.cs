namespace Gptx.Tokenization;

/// <summary>BERT's model: the longest token that a word begins with, then the longest that the rest begins with, and so on.</summary>
internal sealed class WordPieceModel : ITokenizerModel
{
    private readonly TokenTable _vocabulary;
    private readonly string _unknown;
    private readonly string _prefix;
    private readonly long _longest;

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
    }

    public ModelToken[] Tokenize(ReadOnlySpan<char> piece)
    {
        if (CharactersOf(piece) > _longest)
        {
            return [UnknownToken.In(_vocabulary, _unknown, piece)];
        }

        var tokens = new List<ModelToken>();
        char[] inner = [.. _prefix, .. piece];
        for (int start = 0; start < piece.Length; start = tokens[^1].End)
        {
            if (start > 0)
            {
                // What the inner token is looked up by: the prefix, written over what has been tokenized.
                _prefix.CopyTo(inner.AsSpan(start));
            }

            ReadOnlySpan<char> rest = start > 0 ? inner.AsSpan(start) : piece;
            int extra = start > 0 ? _prefix.Length : 0;
            if (!TryLongest(rest, extra, out int id, out int length))
            {
                return [UnknownToken.In(_vocabulary, _unknown, piece)];
            }

            tokens.Add(new ModelToken(id, rest[..(extra + length)].ToString(), start, start + length));
        }

        return [.. tokens];
    }

    private bool TryLongest(ReadOnlySpan<char> rest, int extra, out int id, out int length)
    {
        for (length = rest.Length - extra; length > 0; length--)
        {
            bool isWhole = extra + length == rest.Length || !char.IsLowSurrogate(rest[extra + length]);
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
