using System.Runtime.InteropServices;

namespace Gptx.Tokenization;

/// <summary>Cuts added tokens out of a text: gives the sections of the text in order, none of them empty, each a token or what lies between.</summary>
[StructLayout(LayoutKind.Auto)]
internal ref struct AddedTokenCuts
{
    private readonly ReadOnlySpan<char> _text;
    private readonly TokenTrie _tokens;
    private readonly AddedVocabulary _added;
    private readonly bool _leavesSpecial;
    private TextRange _next;
    private AddedToken? _nextToken;
    private int _from;
    private int _done;

    /// <summary>Begins to cut.</summary>
    /// <param name="text">The text.</param>
    /// <param name="tokens">The tokens to look for.</param>
    /// <param name="added">All added tokens, which know what is special.</param>
    /// <param name="leavesSpecial">Whether special tokens are left in the text.</param>
    public AddedTokenCuts(ReadOnlySpan<char> text, TokenTrie tokens, AddedVocabulary added, bool leavesSpecial)
    {
        _text = text;
        _tokens = tokens;
        _added = added;
        _leavesSpecial = leavesSpecial;
    }

    /// <summary>Where the section lies in the text.</summary>
    public TextRange Range { get; private set; }

    /// <summary>The token that the section is; null for other text.</summary>
    public AddedToken? Token { get; private set; }

    public bool MoveNext()
    {
        if (_nextToken is null)
        {
            Find();
        }

        // What lies before the token comes first, then the token itself.
        bool isBetween = _done < _next.Start;
        Range = isBetween ? new TextRange(_done, _next.Start) : _next;
        Token = isBetween ? null : _nextToken;
        if (!isBetween)
        {
            _nextToken = null;
        }

        _done = Range.End;
        return Range.Length > 0;
    }

    // As the reference does it: matches do not depend on one another, so that a token whose white space an earlier one has taken
    // still matches, and a match that is discarded has used up its text for the search.
    private void Find()
    {
        while (_tokens.TryFind(_text, _from, out TextRange match, out AddedToken? token))
        {
            _from = match.End;
            if ((_leavesSpecial && _added.IsSpecial(token.Content)) || (token.SingleWord && IsInsideWord(_text, match)))
            {
                continue;
            }

            TextRange range = WithWhiteSpace(match, token);
            if (range.Length > 0)
            {
                (_next, _nextToken) = (range, token);
                return;
            }
        }

        _next = new TextRange(_text.Length, _text.Length);
    }

    private static bool IsInsideWord(ReadOnlySpan<char> text, TextRange match) =>
        CharacterClasses.EndsWithWord(text[..match.Start]) || CharacterClasses.BeginsWithWord(text[match.End..]);

    private readonly TextRange WithWhiteSpace(TextRange match, AddedToken token)
    {
        (int start, int end) = match;
        if (token.LeftStrip)
        {
            start = Math.Max(_text[..start].TrimEnd().Length, _done);
        }

        if (token.RightStrip)
        {
            end = _text.Length - _text[end..].TrimStart().Length;
        }

        return new TextRange(start, Math.Max(start, end));
    }
}
